/**
 * The sample's people, by name: those whom the national provider knows, and those who come by
 * invitation. Everybody has a folder of their own in the sample's home.
 */
import { Problem } from '@liaison/contract/errors';
import type { PersonId } from '@liaison/contract/ids';
import type { SessionView } from '@liaison/sdk/face';
import { sampleCommunity } from '../sample/community.js';
import { samplePeople } from '../sample/people.js';
import {
  type Device,
  linkDevice,
  openDevice,
  redeem,
  rehearse,
  signIn,
  signInByPasskey,
} from './device.js';
import type { SampleHome } from './sample.home.js';
import { SoftwarePasskey } from './software-passkey.js';

/** Somebody of the sample, who may or may not be here yet. */
export interface Role {
  /** National identifier, or the sample's own key for those without one. */
  readonly id: string;
  /** Name of their folder. */
  readonly key: string;
  readonly name: string;
}

/** Somebody of the sample at their device, signed in. */
export interface Player extends Device, Role {
  readonly person: PersonId;
}

/** Where the play is staged, and with whose keys. */
export interface Stage {
  readonly origin: string;
  readonly home: SampleHome;
  readonly socket: boolean;
}

/** How somebody whom the provider does not know gets a link. */
export type Inviting = () => Promise<string>;

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-');

/** « DA SILVA » → « Da Silva »: the extract writes names in capitals. */
const titled = (text: string): string =>
  text.toLowerCase().replace(/(^|[\s-])\p{Letter}/gu, (start) => start.toUpperCase());

const roleOf = (id: string, given: string, family: string): Role => ({
  id,
  key: plain(`${given} ${family}`),
  name: `${titled(given)} ${titled(family)}`,
});

export const professionals = (): Role[] =>
  samplePeople().map((one) => roleOf(one.nationalId, one.givenName, one.familyName));

/** By the sample's own key: `coordinator`, `secretary`. */
export function invitedRole(key: string): Role {
  const found = sampleCommunity().people.find((one) => one.key === key);
  if (found === undefined) throw new Error(`The sample has nobody with the key ${key}.`);
  return roleOf(key, found.givenName, found.familyName);
}

/** A professional at their own device: enrolled now, or signed in again. */
export async function arrive(stage: Stage, role: Role): Promise<Player> {
  const device = await openOwn(stage, role);
  let session = await signIn(device, role.id);
  if (session.state === 'other-device') {
    // Enrolment reached the server and not this disk: the code, made before, lets the device in.
    const words = stage.home.words(role.key) ?? (await device.liaison.recoveryWords());
    session = await linkDevice(device, role.id, words);
  }
  if (session.state === 'no-identity') {
    await device.liaison.dispose();
    stage.home.forget(role.key);
    return arrive(stage, role);
  }
  return settled(stage, role, role.id, device, session);
}

/** Somebody with an invitation and a passkey: again by the passkey, where it is known there. */
export async function arriveInvited(stage: Stage, role: Role, invite: Inviting): Promise<Player> {
  const device = await openOwn(stage, role);
  const session =
    (await comeAgain(stage, role, device)) ?? (await answer(stage, role, device, invite));
  if (session.state === 'no-identity') {
    await device.liaison.dispose();
    stage.home.forget(role.key);
    return arriveInvited(stage, role, invite);
  }
  return settled(stage, role, null, device, session);
}

async function openOwn({ origin, home, socket }: Stage, role: Role): Promise<Device> {
  return openDevice(origin, await home.openStore(role.key), socket);
}

async function comeAgain(stage: Stage, role: Role, device: Device): Promise<SessionView | null> {
  const kept = stage.home.passkey(role.key);
  if (kept === null) return null;
  const passkey = new SoftwarePasskey(stage.origin, kept);
  try {
    return await signInByPasskey(device, passkey);
  } catch (error) {
    // The passkey was made, and the invitation never answered with it: another one is made.
    if (error instanceof Problem && error.code === 'passkey_refused') return null;
    throw error;
  } finally {
    stage.home.keepPasskey(role.key, passkey.kept());
  }
}

/** The passkey is kept before it is used: afterwards it would be too late. */
async function answer(
  stage: Stage,
  role: Role,
  device: Device,
  invite: Inviting,
): Promise<SessionView> {
  const passkey = new SoftwarePasskey(stage.origin);
  stage.home.keepPasskey(role.key, passkey.kept());
  const session = await redeem(device, await invite(), passkey);
  stage.home.keepPasskey(role.key, passkey.kept());
  return session;
}

/** The words are written down before they are forgotten here. */
async function settled(
  stage: Stage,
  role: Role,
  nationalId: string | null,
  device: Device,
  session: SessionView,
): Promise<Player> {
  const { liaison } = device;
  if (session.state === 'backup-needed') {
    stage.home.keepWords(role.key, nationalId, await liaison.recoveryWords());
    await rehearse(liaison);
  }
  const { state, person } = await liaison.session();
  if (state !== 'ready' || person === null) throw new Error(`${role.name} is ${state}.`);
  return { ...device, ...role, person };
}
