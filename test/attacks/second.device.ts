/**
 * Somebody with more than one device: a real person of the World, whose further devices an attack
 * loses, steals or ends. Their clients have no socket, so that nothing is mended behind its back.
 */
import { type PersonId, personMember } from '@liaison/contract/ids';
import type { LinkAskView } from '@liaison/sdk/face.devices';
import type { Liaison } from '@liaison/sdk/liaison';
import type { Device } from '../../tools/cast/device.js';
import { eventually } from '../support/eventually.js';
import { Insider } from './insider.js';
import type { Scene, Stage } from './stage.js';

const IDNPS = '899970000164';

export interface Owned extends Device {
  readonly person: PersonId;
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

/** One more device of theirs, let in by the first. */
export async function furtherDevice({ world }: Stage, owner: Owned): Promise<Owned> {
  const client = await world.device(undefined, false);
  await world.signIn(client, IDNPS);
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

/** A conversation in which that person is a member, at two devices. */
export async function withSecondDevice(stage: Stage): Promise<OwnerScene> {
  const owner = await ownerOf(stage);
  const second = await furtherDevice(stage, owner);
  const member = personMember(owner.person);
  const scene = await stage.scene('team', [member]);
  await second.liaison.sync();
  const { teamId } = stage.people.nurse;
  const thief = await Insider.of({ ...second, team: member, teamId }, stage.world.origin);
  return { ...scene, owner, second, thief };
}
