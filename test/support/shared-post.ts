/** A ward's shared post: its store is in memory, and somebody's phone opens it by the camera. */
import type { LinkAskView } from '@liaison/sdk/face.devices';
import type { Liaison } from '@liaison/sdk/liaison';
import type { Device } from '../../tools/cast/device.js';
import { eventually } from './eventually.js';
import type { World } from './world.js';

export function untilPost({ liaison }: Device, state: LinkAskView['state']): Promise<void> {
  return eventually(async () => {
    const view = await liaison.postAsked();
    if (view?.state !== state) throw new Error(`The post is ${String(view?.state)}.`);
  });
}

/** Nothing of it waits any more: its person may leave. */
export function untilSent({ liaison }: Device): Promise<void> {
  return eventually(async () => {
    const { waiting } = await liaison.connection();
    if (waiting > 0) throw new Error('Something waits still.');
  });
}

/** The phone reads the post's card; one tap. */
export async function openPost(world: World, phone: Liaison, socket = false): Promise<Device> {
  const post = await world.device(undefined, socket);
  await openAgain(post, phone);
  return post;
}

/** The same card again, on a post that is open or was until now: its lease begins anew. */
export async function openAgain(post: Device, phone: Liaison): Promise<void> {
  const { address } = await post.liaison.askPost();
  await phone.openLink(address);
  await untilPost(post, 'granting');
  const offer = await phone.linkOffered();
  if (offer?.wish !== 'post' || offer.state !== 'scanned') throw new Error('No post was scanned.');
  await phone.grantLink();
  await untilPost(post, 'linked');
}
