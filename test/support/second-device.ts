/** One more device of somebody: linked by one that they have, or by their paper. */
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import type { Device } from '../../tools/cast/device.js';
import { eventually } from './eventually.js';
import type { World } from './world.js';

/** Linked as by the camera, with nobody between. */
export async function secondDevice(
  world: World,
  host: Pick<Device, 'liaison'>,
  idnps: string,
  name?: string,
): Promise<Device> {
  const device = await world.device(new MemoryStore(), true, name);
  await world.signIn(device, idnps);
  await host.liaison.openLink((await device.liaison.askLink()).address);
  await heard(device, 'granting');
  await host.liaison.linkOffered();
  await host.liaison.grantLink();
  await heard(device, 'linked');
  return device;
}

async function heard({ liaison }: Device, state: 'granting' | 'linked'): Promise<void> {
  await eventually(async () => {
    const view = await liaison.linkAsked();
    if (view?.state !== state) throw new Error(`Linking is ${String(view?.state)}.`);
  });
}
