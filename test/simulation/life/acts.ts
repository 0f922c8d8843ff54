/** What people of a life do: each act by one of them, with what their device knows by then. */
import {
  type CircleId,
  type MemberId,
  personMember,
  teamMember,
  memberRef,
} from '@liaison/contract/ids';
import type { CircleKind } from '@liaison/contract/circle';
import type { Engine } from '@liaison/sdk/engine';
import type { History } from '@liaison/sdk/face.groups';
import type { Step } from '@liaison/sdk/sync/act';
import type { Chance } from '../chance.js';
import type { LifeDevice } from './device.js';
import type { Life } from './life.js';
import { link } from './linking.js';
import { letInAgain, loseEverything, refuseResets, seeChanges, waits } from './new-beginning.js';
import type { ActName } from './plan.js';

type Do = (life: Life, chance: Chance) => Promise<void> | void;

const MAX_DEVICES = 4;
const SKEW_MS = 4 * 60_000;
const LONGEST_FUSE = 60;
const MOST_DAYS = 10;

/** Somebody at a device that runs and speaks for them. */
function actor(life: Life, chance: Chance): LifeDevice | undefined {
  return chance.pick(life.devices().filter((one) => one.running && one.engine?.vault.person()));
}

/** The circles of these kinds that the device is in, with the members it knows. */
async function roomsOf(engine: Engine, ...kinds: readonly CircleKind[]) {
  const ours = engine.library.ofKind(...kinds).filter((one) => engine.library.isOurs(one));
  const books = await Promise.all(ours.map((one) => engine.library.book(one)));
  return books.flatMap(({ circle, state }) =>
    state === null ? [] : [{ circle, members: [...state.members.keys()] }],
  );
}

const submit = async (engine: Engine, circle: CircleId, steps: readonly Step[]): Promise<void> => {
  const as = engine.self.member();
  await engine.outbox.submit({ id: engine.newId(), lane: circle, as, steps });
};

/** An act inside one of the actor's circles. */
function inside(
  kinds: readonly CircleKind[],
  work: (
    engine: Engine,
    room: { readonly circle: CircleId; readonly members: readonly MemberId[] },
    life: Life,
    chance: Chance,
  ) => Promise<void>,
): Do {
  return async (life, chance) => {
    const engine = actor(life, chance)?.engine;
    if (!engine) return;
    const room = chance.pick(await roomsOf(engine, ...kinds));
    if (room !== undefined) await work(engine, room, life, chance);
  };
}

/** Somebody in person, or one of the teams that the device knows. */
async function anybody(engine: Engine, life: Life, chance: Chance): Promise<MemberId[]> {
  const people = life.people().map(personMember);
  const teams = engine.directory.endorsed().map(({ team }) => teamMember(team));
  const own = (await engine.self.teams()).map(teamMember);
  return chance.happens(0.5) ? people : [...teams, ...own];
}

/** What a new member reads of the past: mostly everything, else some days of it, or nothing. */
function pastFor(chance: Chance): History {
  if (chance.happens(0.7)) return 'all';
  return chance.happens(0.6) ? 'now' : chance.between(1, MOST_DAYS);
}

const remove = (circle: CircleId, member: MemberId): Step => ({ do: 'remove', circle, member });

async function endorse(life: Life, team: CircleId, name: string): Promise<void> {
  const [boss] = life.founder.devices.filter(({ running }) => running);
  await boss?.liaison?.endorse(team, name, null, 'practice');
}

const createTeam: Do = async (life, chance) => {
  const liaison = actor(life, chance)?.liaison;
  if (!liaison) return;
  const name = life.newName('Cabinet');
  const team = await liaison.createTeam(name, null, 'practice', 'Laon');
  await endorse(life, team, name);
};

const createChannel: Do = async (life, chance) => {
  const engine = actor(life, chance)?.engine;
  if (!engine) return;
  const wanted: MemberId[] = [];
  for (let i = chance.between(1, 4); i > 0; i--) {
    const member = chance.pick(await anybody(engine, life, chance));
    if (member !== undefined && !wanted.includes(member)) wanted.push(member);
  }
  await engine.rooms.createChannel(life.newName('Canal'), wanted);
};

const post: Do = async (life, chance) => {
  const device = actor(life, chance);
  if (!device?.engine) return;
  const room = chance.pick(await roomsOf(device.engine, 'channel', 'team', 'community'));
  if (room !== undefined) await life.post(device, room.circle);
};

const addDevice: Do = async (life, chance) => {
  const human = chance.pick(life.humans.filter((one) => one.person !== null && one.papers.length));
  if (!human || human.devices.filter(({ ended }) => !ended).length >= MAX_DEVICES) return;
  await life.comeIn(life.newDevice(human));
};

const linkDevice: Do = async (life, chance) => {
  const device = actor(life, chance);
  if (!device || device.human.devices.filter(({ ended }) => !ended).length >= MAX_DEVICES) return;
  await link(life, device, life.newDevice(device.human), chance.happens(0.5));
};

const revokeDevice: Do = async (life, chance) => {
  const device = actor(life, chance);
  const others = device?.human.devices.filter((one) => one !== device && one.id !== null) ?? [];
  const other = chance.pick(others)?.id;
  if (other) await device?.liaison?.revokeDevice(other);
};

const retireDevice: Do = async (life, chance) => {
  const device = actor(life, chance);
  if (!device || device.human.devices.filter(({ ended }) => !ended).length < 2) return;
  device.fuse = null;
  device.ended = true;
  await device.liaison?.forgetDevice(true);
  device.crash();
};

const replacePaper: Do = async (life, chance) => {
  const device = actor(life, chance);
  if (!device?.liaison || (await device.engine?.sessions.state()) !== 'ready') return;
  const { words } = await device.liaison.replaceRecovery();
  await life.rehearse(device, words);
};

const newColleague: Do = async (life) => {
  const human = life.newHuman();
  await life.comeIn(life.newDevice(human));
  await life.admit(human);
};

export const DO: Readonly<Record<ActName, Do>> = {
  post,
  'create-team': createTeam,
  'create-channel': createChannel,
  'join-team': inside(['team'], async (engine, { circle, members }, life, chance) => {
    const others = life.people().filter((one) => !members.includes(personMember(one)));
    const person = chance.pick(others);
    if (person !== undefined)
      await engine.groups.add(circle, [personMember(person)], 'admin', pastFor(chance));
  }),
  'remove-from-team': inside(['team'], async (engine, { circle, members }, _life, chance) => {
    const member = chance.pick(members.filter((one) => one !== engine.self.member()));
    if (member !== undefined) await submit(engine, circle, [remove(circle, member)]);
  }),
  'leave-team': inside(['team'], async (engine, { circle, members }) => {
    if (members.length < 2) return;
    await submit(engine, circle, [remove(circle, engine.self.member())]);
  }),
  'hand-over': inside(['team', 'channel'], async (engine, { circle, members }, _life, chance) => {
    const member = chance.pick(members.filter((one) => one !== engine.self.member()));
    if (member === undefined) return;
    const role = chance.pick(['admin', 'admin', 'writer'] as const) ?? 'admin';
    await engine.groups.changeRole(circle, member, role);
    if (chance.happens(0.5)) await engine.groups.leave(circle);
  }),
  'add-to-channel': inside(['channel'], async (engine, { circle, members }, life, chance) => {
    const known = await anybody(engine, life, chance);
    const member = chance.pick(known.filter((one) => !members.includes(one)));
    const role = chance.pick(['admin', 'writer', 'reader'] as const) ?? 'writer';
    if (member === undefined) return;
    await engine.groups.add(circle, [member], role, pastFor(chance));
  }),
  'remove-from-channel': inside(['channel'], async (engine, { circle, members }, life, chance) => {
    // Nobody removes the member through which they act.
    const own = await engine.self.members();
    const seated = life.people().map(personMember);
    const known = life.plan.isCrowded ? [...members, ...seated] : members;
    const member = chance.pick(known.filter((one) => !own.includes(one)));
    if (member !== undefined) await engine.groups.remove(circle, member);
  }),
  'leave-channel': inside(['channel'], async (engine, { circle, members }) => {
    const own = members.find((one) => one === engine.self.member());
    const others = members.filter((one) => memberRef(one).type === 'team' || one !== own);
    if (own === undefined || others.length === 0) return;
    await submit(engine, circle, [remove(circle, own)]);
  }),
  'add-device': addDevice,
  'link-device': linkDevice,
  'revoke-device': revokeDevice,
  'retire-device': retireDevice,
  'replace-paper': replacePaper,
  'new-colleague': newColleague,
  'lose-everything': loseEverything,
  'begin-anew': async (life, chance) => {
    const device = chance.pick(life.devices().filter((one) => one.running && waits(one)));
    if (device !== undefined) await life.findIn(device);
  },
  'refuse-reset': refuseResets,
  'let-in-again': async (life, chance) => {
    const device = actor(life, chance);
    if (device !== undefined) await letInAgain(device, () => chance.happens(0.7));
  },
  'end-program': (life, chance) => {
    const device = chance.pick(life.devices().filter(({ running }) => running));
    if (device !== undefined) device.fuse = chance.between(1, LONGEST_FUSE);
  },
  'start-program': async (life, chance) => {
    const device = chance.pick(life.devices().filter(({ running }) => !running));
    if (device !== undefined) await life.comeIn(device);
  },
  offline: (life, chance) => chance.pick(life.devices())?.goOffline(),
  online: (life, chance) => chance.pick(life.devices().filter((one) => !one.online))?.goOnline(),
  'move-clock': (life, chance) => {
    const device = chance.pick(life.devices());
    if (device === undefined) return;
    device.skewMs = chance.between(-SKEW_MS, SKEW_MS);
    life.furthestSkewMs = SKEW_MS;
  },
  'restart-server': (life) => life.server.restart(),
  refresh: async (life, chance) => {
    const device = actor(life, chance);
    const liaison = device?.liaison;
    if (!device || !liaison) return;
    await liaison.refresh();
    await seeChanges(device);
    // Whoever looks says yes to where they were let in meanwhile.
    for (const { circle } of await liaison.admissions()) await liaison.join(circle);
  },
  read: async (life, chance) => {
    await actor(life, chance)?.liaison?.channels();
  },
};
