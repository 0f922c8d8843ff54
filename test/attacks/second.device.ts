/**
 * Somebody with more than one device: a real person of the World, whose further devices an attack
 * loses, steals or ends. Their clients have no socket, so that nothing is mended behind its back.
 */
import { Problem } from '@liaison/contract/errors';
import { type PersonId, personMember } from '@liaison/contract/ids';
import {
  type DeviceKind,
  type IdentityHead,
  type IdentityLog,
  IDENTITY_ROUTES,
} from '@liaison/contract/identity';
import { Api } from '@liaison/sdk/api';
import {
  buildStatement,
  type DeviceSecrets,
  newDevice,
} from '@liaison/sdk/logs/identity-statements';
import { copyPersonKey } from '@liaison/sdk/logs/person-keys';
import { foldStatements, headOf } from '@liaison/sdk/session/own-log';
import type { LinkAskView } from '@liaison/sdk/face.devices';
import type { Liaison } from '@liaison/sdk/liaison';
import type { Device } from '../../tools/cast/device.js';
import { eventually } from '../support/eventually.js';
import { Insider } from './insider.js';
import type { Scene, Stage } from './stage.js';

const IDNPS = '899970000164';
const MANY = 8;

export interface Owned extends Device {
  readonly person: PersonId;
}

/** Their log as the server has it. */
export async function ownLog({ http, person }: Owned): Promise<IdentityLog> {
  const body = { people: [{ person, from: 0 }] };
  const { logs } = await new Api(http).call(IDENTITY_ROUTES.queryIdentities, { body });
  const [log] = logs;
  if (log === undefined) throw new Error('The owner has no log.');
  return log;
}

/** Where it ends. */
export async function logHead(owner: Owned): Promise<IdentityHead> {
  const last = (await ownLog(owner)).statements.at(-1);
  if (last === undefined) throw new Error('The owner’s log is empty.');
  return headOf(last);
}

const owners = new WeakMap<Stage, Promise<Owned>>();

/** The person at their first device, which stays theirs. */
export function ownerOf(stage: Stage): Promise<Owned> {
  const known = owners.get(stage) ?? enrol(stage);
  owners.set(stage, known);
  return known;
}

async function enrol({ world, people }: Stage): Promise<Owned> {
  const client = await world.device(undefined, false);
  const { person } = await world.signIn(client, IDNPS);
  if (person === null) throw new Error('The owner has no identity after signing in.');
  await world.rehearse(client.liaison);
  await people.coordinator.liaison.admit(person);
  await client.liaison.refresh();
  return { ...client, person };
}

function until(liaison: Liaison, state: LinkAskView['state']): Promise<void> {
  return eventually(async () => {
    const view = await liaison.linkAsked();
    if (view?.state !== state) throw new Error(`Linking is ${String(view?.state)}.`);
  });
}

/** A device on which they, or whoever has their sign-in, just signed in. */
export async function bareDevice({ world }: Stage): Promise<Device> {
  const client = await world.device(undefined, false);
  await world.signIn(client, IDNPS);
  return client;
}

/** One more device of theirs, let in by the first. */
export async function furtherDevice(stage: Stage, owner: Owned): Promise<Owned> {
  const client = await bareDevice(stage);
  await owner.liaison.openLink((await client.liaison.askLink()).address);
  await until(client.liaison, 'granting');
  await owner.liaison.linkOffered();
  await owner.liaison.grantLink();
  await until(client.liaison, 'linked');
  return { ...client, person: owner.person };
}

export interface OwnerScene extends Scene {
  readonly owner: Owned;
  readonly second: Owned;
  /** Whoever holds the second device. */
  readonly thief: Insider;
}

/** Nobody may have too many: those of earlier attacks are ended now and then. */
async function endOthers({ liaison }: Owned): Promise<void> {
  const live = (await liaison.devices()).filter(({ revokedAt }) => revokedAt === null);
  if (live.length < MANY) return;
  for (const { device, here } of live) if (!here) await liaison.revokeDevice(device);
}

/** A conversation in which that person is a member, at two devices. */
export async function withSecondDevice(stage: Stage): Promise<OwnerScene> {
  const owner = await ownerOf(stage);
  await endOthers(owner);
  const second = await furtherDevice(stage, owner);
  const member = personMember(owner.person);
  const scene = await stage.scene('team', [member]);
  await second.liaison.sync();
  const { teamId } = stage.people.nurse;
  const thief = await Insider.of({ ...second, team: member, teamId }, stage.world.origin);
  return { ...scene, owner, second, thief };
}

const ATTEMPTS = 5;

/** The thief's own device enters the log behind the second one, by its genuine signature. */
export async function slipIn(
  scene: OwnerScene,
  kind: DeviceKind = 'durable',
): Promise<DeviceSecrets> {
  for (let left = ATTEMPTS; ; left -= 1) {
    try {
      return await slipInAt(await logHead(scene.owner), scene, newDevice(kind));
    } catch (error) {
      // The owner's own client may write to the log meanwhile: the thief just tries again.
      const isMoved = error instanceof Problem && error.code === 'identity_head_moved';
      if (left === 0 || !isMoved) throw error;
    }
  }
}

async function slipInAt(
  head: IdentityHead,
  { thief, owner }: OwnerScene,
  ghost: DeviceSecrets,
): Promise<DeviceSecrets> {
  const { device, signing } = thief.vault.device();
  const { person, http } = owner;
  const payload = { kind: 'device.added', keys: ghost.keys } as const;
  const place = { origin: thief.origin, person, head, at: Date.now(), payload };
  const signer = { id: device, signing };
  const { wire } = buildStatement({ ...place, signer, holder: ghost.signing });
  const { statements } = await ownLog(owner);
  const log = foldStatements(
    person,
    [...statements, wire].map((one) => ({ wire: one })),
  );
  const copies = log.generations.flatMap((key) => {
    const own = thief.vault.generation(key.generation);
    return own === null ? [] : [copyPersonKey(log, key, own, ghost.keys.device)];
  });
  const body = { statements: [wire], copies };
  await new Api(http).call(IDENTITY_ROUTES.appendIdentity, { params: { person }, body });
  return ghost;
}
