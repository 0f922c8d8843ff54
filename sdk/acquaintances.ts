/**
 * As whom the owner of this device knows people. What changes of somebody's identity (a new
 * beginning, another name or number, another certainty) is shown once. Until it was seen nothing
 * about a patient is sealed for that person from here, unless the provider itself says that it is
 * the same person.
 */
import { fromBase64Url } from '@liaison/contract/bytes';
import { continuityOf } from '@liaison/contract/certified-claims';
import { Problem } from '@liaison/contract/errors';
import {
  type CircleId,
  type Hash,
  type MemberId,
  memberRef,
  type PersonId,
} from '@liaison/contract/ids';
import { type Compared, safetyDigits, safetyHashed } from '@liaison/contract/signing';
import type { Library } from './circles/library.js';
import type { Teams } from './circles/teams.js';
import { hash } from './crypto/hash.js';
import type { Directory } from './directory.js';
import type {
  ChainLink,
  FormerlyView,
  IdentityChangeView,
  KnownAs,
  PersonCardView,
} from './face.trust.js';
import { Fault } from './fault.js';
import type { Ground } from './ground.js';
import type { IdentityState, Trust } from './logs/identity-state.js';
import { calledName } from './person-name.js';
import { type People, seenKey } from './people.js';
import type { Act, Step } from './sync/act.js';
import type { Vault } from './vault.js';

/** What is kept of somebody: how far their log was seen, and what was compared with them. */
interface Seen {
  readonly n: number;
  readonly compared?: { readonly number: string; readonly at: number };
}

export interface AcquaintanceParts {
  readonly ground: Ground;
  readonly people: People;
  readonly teams: Teams;
  readonly library: Library;
  readonly vault: Vault;
  readonly directory: Directory;
}

/** Circles in which patients are spoken of. */
const CLINICAL: readonly string[] = ['file', 'handoff', 'channel'];
/** Entries that tell of a patient; answers to what others told do not wait. */
const TELLING: readonly string[] = [
  'letter.filed',
  'task.planned',
  'handoff.offered',
  'handoff.reassigned',
  'message.posted',
];

export class Acquaintances {
  constructor(private readonly parts: AcquaintanceParts) {}

  /** What has changed of somebody since their identity was last seen here; null: nothing. */
  async changeOf(state: IdentityState): Promise<IdentityChangeView | null> {
    const { vault, directory } = this.parts;
    if (state.person === vault.person()) return null;
    const { n } = await this.#seen(state);
    const [was, is] = [knownAs(state, n), knownAs(state, state.head.n)];
    const isNewOne = (state.past[n]?.lastReset ?? -1) < state.log.lastReset;
    const blocks = isNewOne || !isContinuous(state.trusts.slice(n));
    const same = was.name === is.name && was.nationalId === is.nationalId && was.level === is.level;
    if (same && !isNewOne) return null;
    const reset = isNewOne ? (state.log.statements[state.log.lastReset]?.at ?? null) : null;
    const person = await directory.person(state.person);
    return { person, resetAt: reset, was, is, at: reset ?? state.trust.since, blocks };
  }

  /** All that waits to be seen, of everybody who was ever met here. */
  async unseen(): Promise<IdentityChangeView[]> {
    const { people, ground } = this.parts;
    const seen = await ground.store.scan<Seen>('names', seenKey(''));
    const changes: IdentityChangeView[] = [];
    for (const state of await people.wentOn(new Map(seen.map(metUpTo)))) {
      const change = await this.changeOf(state);
      if (change !== null) changes.push(change);
    }
    return changes;
  }

  async see(person: PersonId): Promise<void> {
    const state = await this.parts.people.state(person);
    await this.#keep(person, { ...(await this.#seen(state)), n: state.head.n });
  }

  /** The digits were the same on both screens. */
  async compared(person: PersonId): Promise<void> {
    const state = await this.parts.people.state(person);
    const number = (await this.#digits(state)).join(' ');
    const at = this.parts.ground.clock();
    await this.#keep(person, { ...(await this.#seen(state)), compared: { number, at } });
  }

  /** The camera compares all of the number, where people read the digits of a part. */
  async scanned(person: PersonId, text: string): Promise<boolean> {
    const state = await this.parts.people.state(person);
    if (text.trim() !== qrOf(await this.#number(state))) return false;
    await this.compared(person);
    return true;
  }

  /** Whatever is shown here was checked on this device, from the first statement on. */
  async card(person: PersonId): Promise<PersonCardView> {
    const { people, directory, vault } = this.parts;
    // Of somebody whose log may be longer than what was served nothing is shown as checked.
    await people.present([person]);
    const state = await people.state(person);
    const { compared } = await this.#seen(state);
    const number = person === vault.me() ? null : await this.#number(state);
    const groups = number && safetyDigits(fromBase64Url(number));
    const isSame = groups !== null && compared?.number === groups.join(' ');
    return {
      person: await directory.person(person),
      chain: chainOf(state),
      safety:
        number && groups
          ? { groups, qr: qrOf(number), comparedAt: isSame ? compared.at : null }
          : null,
      formerly: formerly(state),
      comparedBefore: compared !== undefined && !isSame ? compared.at : null,
      change: await this.changeOf(state),
    };
  }

  /** Refuses an act that would tell somebody of a patient whose identity changed unseen. */
  async mustBeSeen(act: Act): Promise<void> {
    const members = new Set<MemberId>();
    for (const step of act.steps) for (const one of await this.#toldBy(step)) members.add(one);
    if (members.size === 0) return;
    const people = await this.#peopleBehind([...members]);
    await this.parts.people.refresh(people);
    for (const person of people) {
      const state = this.parts.people.known(person);
      if (state !== null && (await this.changeOf(state))?.blocks === true) {
        throw new Problem('identity_changed', person);
      }
    }
  }

  /** To whom a step tells something of a patient. */
  async #toldBy(step: Step): Promise<readonly MemberId[]> {
    if (step.do === 'create') {
      return CLINICAL.includes(step.kind) ? step.members.map(({ member }) => member) : [];
    }
    if (step.circle.startsWith('@')) return [];
    const { state } = await this.parts.library.book(step.circle as CircleId);
    if (state === null || !CLINICAL.includes(state.kind)) return [];
    if (step.do === 'add') return [step.member];
    const tells = step.do === 'entry' && TELLING.includes(step.kind);
    return tells ? [...state.members.keys()] : [];
  }

  async #peopleBehind(members: readonly MemberId[]): Promise<PersonId[]> {
    const people = new Set<PersonId>();
    for (const ref of members.map(memberRef)) {
      if (ref.type === 'person') people.add(ref.person);
      else {
        const log = await this.parts.teams.latest(ref.team);
        for (const person of log?.memberships.at(-1)?.people ?? []) people.add(person);
      }
    }
    return [...people];
  }

  async #digits(state: IdentityState): Promise<string[]> {
    return safetyDigits(fromBase64Url(await this.#number(state)));
  }

  async #number(state: IdentityState): Promise<Hash> {
    const { people, vault, ground } = this.parts;
    const own = await people.state(vault.me());
    return hash(safetyHashed(ground.origin, comparable(own), comparable(state)));
  }

  /** Who was known before this was kept is known as they are now. */
  async #seen({ person, head }: IdentityState): Promise<Seen> {
    const kept = await this.parts.ground.store.get<Seen>('names', seenKey(person));
    return kept ?? { n: head.n };
  }

  async #keep(person: PersonId, seen: Seen): Promise<void> {
    await this.parts.ground.store.transaction((tx) => {
      tx.put('names', seenKey(person), seen);
    });
    this.parts.ground.changes.tell({ what: 'people' });
  }
}

const metUpTo = ([key, { n }]: readonly [string, Seen]) =>
  [key.slice(seenKey('').length) as PersonId, n] as const;

/** Both show the same text: whose screen it is does not matter to the number. */
const qrOf = (number: Hash): string => `liaison-securite/1/${number}`;

/** The statement that began the present key commits to all before it. */
function comparable({ person, hashes, log }: IdentityState): Compared {
  const key = hashes[log.generations.at(-1)?.n ?? -1];
  if (key === undefined) throw new Fault('no-keys', 'somebody has no key to compare');
  return { person, key };
}

function knownAs({ trusts }: IdentityState, n: number): KnownAs {
  return knownBy(trusts[n]);
}

/** Whether the provider itself proves each step from the first of these to the last. */
function isContinuous(trusts: readonly Trust[]): boolean {
  return trusts.every((is, i) => {
    const was = trusts[i - 1] ?? is;
    if (was.level !== 'certified' || is.level !== 'certified') return was.level === is.level;
    return continuityOf(was.claims, is.claims) === 'proven';
  });
}

/** Each name and number that was proven and is no more, the latest first. */
function formerly({ trusts }: IdentityState): FormerlyView[] {
  return trusts
    .flatMap((is, i) => {
      const [was, now] = [knownBy(trusts[i - 1] ?? is), knownBy(is)];
      const same = was.name === now.name && was.nationalId === now.nationalId;
      return same ? [] : [{ known: was, until: is.since }];
    })
    .reverse();
}

function knownBy(trust: Trust | undefined): KnownAs {
  if (trust?.level !== 'certified') {
    return { level: trust?.level ?? 'server', name: null, nationalId: null };
  }
  const { givenName, familyName, nationalId } = trust.claims;
  return { level: 'certified', name: calledName(givenName, familyName), nationalId };
}

/** What makes us believe it, in the order in which it was checked. */
function chainOf({ log, trust, head }: IdentityState): ChainLink[] {
  const at = (n: number): number => log.statements[n]?.at ?? 0;
  const live = [...log.devices.values()].filter(({ revokedAt }) => revokedAt === null);
  const key = log.generations.at(-1);
  return [
    { link: trust.level, at: trust.since },
    { link: 'log', at: at(0), count: head.n + 1 },
    ...(log.lastReset < 0 ? [] : [{ link: 'reset' as const, at: at(log.lastReset) }]),
    {
      link: 'devices',
      at: Math.max(...live.map(({ addedAt }) => at(addedAt))),
      count: live.length,
    },
    ...(key === undefined ? [] : [{ link: 'key' as const, at: at(key.n) }]),
  ];
}
