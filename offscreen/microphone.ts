// Whether the microphone may and can be used, followed live: a grant in the set-up tab is seen here within a moment.
import type { Microphone } from '../src/domain/phone';

/** Never opens the microphone. @param tell told at the start and at each change. */
export async function followMicrophone(tell: (microphone: Microphone) => void): Promise<void> {
  const permission = await navigator.permissions.query({ name: 'microphone' as PermissionName });
  const look = async () => tell(await microphoneNow(permission.state));
  permission.addEventListener('change', () => void look());
  navigator.mediaDevices.addEventListener('devicechange', () => void look());
  await look();
}

async function microphoneNow(permission: PermissionState): Promise<Microphone> {
  if (permission !== 'granted') return permission;
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.some((device) => device.kind === 'audioinput') ? 'granted' : 'missing';
}
