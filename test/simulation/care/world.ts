/**
 * The people of a care life: a unit of a hospital, practices in town, those who coordinate, and how
 * each of them wants to be told. Their circles are as the law of circles left them: what that law
 * refuses is lived in the other lives.
 */
import {
  type CircleId,
  type MemberId,
  type PersonId,
  personMember,
  teamMember,
} from '@liaison/contract/ids';
import { USUAL_POLICY, type NotificationPolicy } from '@liaison/contract/notification-policy';
import { type NotificationSettings, USUAL_SETTINGS } from '@liaison/contract/notification-settings';
import type { Chance } from '../chance.js';
import { addressOf, endpointOf, type Outside, type PushMood } from './outside.js';
import type { CareTables } from './rows/tables.js';

const ID_LETTERS = 43;
/** An id that reads as what it is of. */
function idOf(what: string): string {
  return `${what}${'A'.repeat(ID_LETTERS - what.length)}`;
}

export interface CareWorld {
  readonly community: CircleId;
  /** The first is the unit that discharges. */
  readonly teams: readonly CircleId[];
  readonly people: readonly PersonId[];
}

const DAY_MS = 86_400_000;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

const POLICIES: readonly ((now: number) => NotificationPolicy)[] = [
  () => USUAL_POLICY,
  () => USUAL_POLICY,
  // Nights, beyond midnight and beyond any change of the clock.
  () => ({
    ...USUAL_POLICY,
    working: [{ days: EVERY_DAY, from: 21 * 60, to: 7 * 60 }],
    digests: [],
  }),
  () => ({ ...USUAL_POLICY, quiet: [{ days: EVERY_DAY, from: 9 * 60, to: 12 * 60 }] }),
  (now) => ({ ...USUAL_POLICY, away: [{ from: now - DAY_MS, to: now + 4 * DAY_MS }] }),
  (now) => ({ ...USUAL_POLICY, onCall: [{ from: now, to: now + 2 * DAY_MS }] }),
  () => ({ ...USUAL_POLICY, working: [{ days: EVERY_DAY, from: 0, to: 0 }], digests: [150, 151] }),
  // Nothing says when they are back.
  () => ({ ...USUAL_POLICY, working: [], digests: [] }),
];
const CHANNELS = [['push', 'mail'], ['push', 'mail'], ['mail'], ['push'], []] as const;
const MOODS: readonly PushMood[] = ['takes', 'takes', 'takes', 'gone', 'fails', 'away'];

export function settingsFor(
  people: readonly PersonId[],
  person: PersonId,
  now: number,
  chance: Chance,
): NotificationSettings {
  const policy = (chance.pick(POLICIES) ?? POLICIES[0])?.(now) ?? USUAL_POLICY;
  const others = people.filter((one) => one !== person);
  const delegate = chance.happens(0.4) ? (chance.pick(others) ?? null) : null;
  return { ...USUAL_SETTINGS, policy, channels: [...(chance.pick(CHANNELS) ?? [])], delegate };
}

export function makeWorld(
  rows: CareTables,
  outside: Outside,
  now: number,
  chance: Chance,
): CareWorld {
  const community = idOf('community') as CircleId;
  const teams = Array.from(
    { length: chance.between(3, 4) },
    (_, n) => idOf(`team${n}`) as CircleId,
  );
  const people: PersonId[] = [];
  const join = (circle: CircleId, member: MemberId, role: string): void => {
    rows.members.put(circle, member, { circle, member, role });
  };
  for (const team of teams) {
    rows.circles.put(team, '', { community });
    for (let i = chance.between(1, 3); i > 0; i--) {
      const person = idOf(`person${people.length}`) as PersonId;
      people.push(person);
      join(team, personMember(person), 'admin');
    }
    join(community, teamMember(team), 'writer');
  }
  const coordinator = idOf('coordinator') as PersonId;
  people.push(coordinator);
  join(community, personMember(coordinator), 'admin');
  // Now and then the first team coordinates as a whole.
  const [unit] = teams;
  if (unit !== undefined && chance.happens(0.2)) join(community, teamMember(unit), 'admin');
  for (const person of people) dress(rows, outside, people, person, now, chance);
  return { community, teams, people };
}

function dress(
  ...[rows, outside, people, person, now, chance]: [
    ...[CareTables, Outside, readonly PersonId[], PersonId, number, Chance],
  ]
): void {
  if (chance.happens(0.7)) {
    rows.settings.put(person, '', {
      text: JSON.stringify(settingsFor(people, person, now, chance)),
    });
  }
  if (chance.happens(0.7)) rows.addresses.put(person, '', { address: addressOf(person) });
  for (let n = chance.pick([0, 1, 1, 2]) ?? 0; n > 0; n--) {
    const endpoint = endpointOf(person, n);
    rows.subscriptions.put(person, endpoint, { endpoint, person, at: n });
    outside.services.set(endpoint, chance.pick(MOODS) ?? 'takes');
  }
}
