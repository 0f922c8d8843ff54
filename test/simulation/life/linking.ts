/**
 * A device that another one lets in: the camera reads its card, or its code is typed and the digits
 * of both screens compared. Whatever breaks off in between, its owner goes on with it or gives up.
 */
import type { LifeDevice } from './device.js';
import type { Life } from './life.js';

/** `isScanned`: by the camera. */
export async function link(
  life: Life,
  granting: LifeDevice,
  fresh: LifeDevice,
  isScanned: boolean,
): Promise<void> {
  await fresh.start();
  await life.signIn(fresh);
  if (!(await haveMet(granting, fresh, isScanned))) return;
  if (!isScanned) await fresh.liaison?.compareLink(true);
  await granting.liaison?.grantLink();
  await life.findIn(fresh);
}

/** Whether each has heard of the other: then both screens show the same digits. */
async function haveMet(
  granting: LifeDevice,
  fresh: LifeDevice,
  isScanned: boolean,
): Promise<boolean> {
  const asked = await fresh.liaison?.askLink();
  if (asked === undefined) return false;
  await granting.liaison?.openLink(isScanned ? asked.address : asked.code);
  const heard = (await fresh.liaison?.linkAsked())?.digits ?? null;
  const offer = (await granting.liaison?.linkOffered())?.digits ?? null;
  if (heard === null || offer === null) return false;
  if (heard !== offer) throw new Error('link: two screens show other digits');
  return true;
}

/** Looks once more at a link that was begun here; false: it is over, and came to nothing. */
export async function isLinked({ liaison }: LifeDevice): Promise<boolean> {
  const view = await liaison?.linkAsked();
  if (view?.state === 'linked') return true;
  // Nobody is at the other device any more.
  if (view) await liaison?.cancelLink();
  return false;
}
