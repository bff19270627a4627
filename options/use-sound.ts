// Permission and devices of this computer, followed while a component is shown.
import { useEffect, useState } from 'preact/hooks';
import { useModel } from './model-context';
import type { SoundDevices } from './sound';

const NONE: SoundDevices = { inputs: [], outputs: [] };

export function usePermission(): PermissionState | undefined {
  const { sound } = useModel();
  const [permission, setPermission] = useState<PermissionState>();
  useEffect(() => {
    const end = new AbortController();
    sound.watchPermission(setPermission, end.signal);
    return () => end.abort();
  }, [sound]);
  return permission;
}

/** Listed anew when the permission changes: only then devices have names. */
export function useDevices(permission: PermissionState | undefined): SoundDevices {
  const { sound } = useModel();
  const [devices, setDevices] = useState(NONE);
  useEffect(() => {
    const end = new AbortController();
    sound.watchDevices(setDevices, end.signal);
    return () => end.abort();
  }, [sound, permission]);
  return devices;
}
