// The choice of one sound device; says so when the chosen one is not there.
import { useModel } from '../model-context';
import type { SoundDevice } from '../sound';
import { SelectField } from './field';

interface Props {
  readonly label: string;
  readonly chosen: string;
  readonly devices: readonly SoundDevice[];
  /** With an empty id: the system's choice. */
  readonly onChange: (device: SoundDevice) => void;
}

export function DeviceSelect({ label, chosen, devices, onChange }: Props) {
  const { words } = useModel();
  const named = devices.map(({ id, label: name }, index) => ({
    value: id,
    label: name || words('options_device', { number: index + 1 }),
  }));
  const gone = chosen !== '' && devices.length > 0 && !devices.some(({ id }) => id === chosen);
  const choices = [
    { value: '', label: words('options_systemChoice') },
    ...named,
    ...(gone ? [{ value: chosen, label: words('options_chosenDevice') }] : []),
  ];
  const hint = gone ? words('options_chosenGone', { device: words('options_chosenDevice') }) : undefined;
  const choose = (id: string): void => onChange(devices.find((device) => device.id === id) ?? { id, label: '' });
  return <SelectField label={label} value={chosen} choices={choices} hint={hint} onChange={choose} />;
}
