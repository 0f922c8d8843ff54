/**
 * What happens to the machines of a care life: processes end, the database and the stores go away,
 * queues are wiped, clocks jump, relays and push services refuse.
 */
import type { Chance } from '../chance.js';
import { DO as PEOPLE } from './deeds.js';
import type { CareLife, Deeds } from './life.js';
import type { PushMood, RelayMood } from './outside.js';

const MINUTE_MS = 60_000;
/** How long something is away: a moment, minutes, an afternoon. */
const RESTS_MS = [2000, 30_000, 3 * MINUTE_MS, 15 * MINUTE_MS, 120 * MINUTE_MS] as const;
const JUMPS_MS = [MINUTE_MS, 10 * MINUTE_MS, 60 * MINUTE_MS, 180 * MINUTE_MS] as const;
const LONGEST_FUSE = 60;

const restOf = (chance: Chance): number => chance.pick(RESTS_MS) ?? MINUTE_MS;

function databaseAway(life: CareLife, forMs: number): void {
  life.database.goAway();
  life.outside.troubles += 1;
  life.note('database', true);
  life.time.after(forMs, () => {
    life.database.comeBack();
    life.note('database', false);
  });
}

function jump(life: CareLife, byMs: number): void {
  life.time.jump(byMs);
}

const RELAYS: readonly RelayMood[] = ['takes', 'refuses', 'later', 'away'];
const SERVICES: readonly PushMood[] = ['takes', 'gone', 'fails', 'away'];

const TROUBLES: Omit<Deeds, keyof typeof PEOPLE> = {
  'process-ends': (life, chance) => {
    const one = chance.pick([...life.processes('api'), ...life.processes('worker')]);
    if (one !== undefined) life.endProcess(one, restOf(chance));
  },
  'process-fuse': (life, chance) => {
    const one = chance.pick([...life.processes('api'), ...life.processes('worker')]);
    if (one !== undefined) one.fuse = chance.between(1, LONGEST_FUSE);
  },
  'workers-end': (life, chance) => {
    const forMs = restOf(chance);
    for (const one of life.processes('worker')) life.endProcess(one, forMs);
  },
  'database-away': (life, chance) => {
    databaseAway(life, restOf(chance));
  },
  'database-fuse': (life, chance) => {
    const forMs = restOf(chance);
    life.database.onFuse = () => {
      databaseAway(life, forMs);
    };
    life.database.fuse = chance.between(1, LONGEST_FUSE);
  },
  'wipe-queues': (life) => {
    life.queues.wipe();
  },
  'queues-away': (life, chance) => {
    life.queues.isAway = true;
    life.time.after(restOf(chance), () => {
      life.queues.isAway = false;
      life.queues.serveAll();
    });
  },
  'clock-forward': (life, chance) => {
    jump(life, chance.pick(JUMPS_MS) ?? MINUTE_MS);
  },
  'clock-back': (life, chance) => {
    jump(life, -(chance.pick(JUMPS_MS) ?? MINUTE_MS));
  },
  'relay-mood': (life, chance) => {
    life.outside.relay = chance.pick(RELAYS) ?? 'takes';
  },
  'push-mood': (life, chance) => {
    const { services } = life.outside;
    const endpoint = chance.pick([...services.keys()]);
    if (endpoint !== undefined) services.set(endpoint, chance.pick(SERVICES) ?? 'takes');
  },
};

export const ACTS: Deeds = { ...PEOPLE, ...TROUBLES };
