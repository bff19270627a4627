// The choice of one sound device; says so when the chosen one is not there, and what is used meanwhile.
import { useOf, type DeviceRole } from '../../src/domain/devices';
import { wishOf } from '../../src/settings/schema';
import { useModel } from '../model-context';
import type { SoundDevice } from '../sound';
import { SelectField } from './field';

interface Props {
  readonly role: DeviceRole;
  readonly label: string;
  readonly devices: readonly SoundDevice[];
  readonly onChange: (device: SoundDevice) => void;
}

export function DeviceSelect({ role, label, devices, onChange }: Props) {
  const { words, settings } = useModel();
  const listed = devices.map((device) => ({ ...device, group: '' }));
  const { wanted, gone, order } = useOf(wishOf(settings.value, role), listed);
  const named = devices.map(({ id, label: name }, index) => ({
    value: id,
    label: name || words('options_device', { number: index + 1 }),
  }));
  const goneName = gone && (gone.label || words('options_chosenDevice'));
  const choices = [
    { value: '', label: words('options_systemChoice') },
    ...named,
    ...(gone && goneName !== undefined ? [{ value: wanted, label: goneName }] : []),
  ];
  const using = order[0].id === '' ? words('options_systemChoice') : order[0].label;
  const hint = goneName === undefined ? undefined : words('options_chosenGone', { device: goneName, using });
  const choose = (id: string): void => onChange(devices.find((device) => device.id === id) ?? { id, label: '' });
  return (
    <SelectField label={label} value={gone ? wanted : order[0].id} choices={choices} hint={hint} onChange={choose} />
  );
}
