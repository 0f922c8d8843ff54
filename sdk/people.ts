/**
 * Identity logs of people: fetched in batches, verified from their first statement on, and kept.
 * Whatever is sealed to a person or checked against them starts here.
 */
import { utf8 } from '@liaison/contract/bytes';
import type { Hash, PersonId, SigningKey } from '@liaison/contract/ids';
import { IDENTITY_ROUTES, type IdentityLog, type WireStatement } from '@liaison/contract/identity';
import { Problem } from '@liaison/contract/errors';
import { Profession } from '@liaison/contract/profession';
import { LIMITS } from '@liaison/contract/limits';
import type { PersonCard } from '@liaison/contract/directory';
import { nameHashed } from '@liaison/contract/signing';
import { hash } from './crypto/hash.js';
import type { EvidenceRoom } from './evidence.js';
import type { TrustView } from './face.js';
import { Fault } from './fault.js';
import { Gathering } from './gathering.js';
import type { Ground } from './ground.js';
import { FRESH_MS, type IdentityTree } from './identity-tree.js';
import type { Instances } from './instance.js';
import type { Pins } from './logs/attestation.js';
import {
  isIdentityFault,
  type KeptVerdict,
  recallIdentity,
  replayIdentity,
} from './logs/identity-log.js';
import type { IdentityState, Trust } from './logs/identity-state.js';
import { type Signed, signerAt } from './logs/leases.js';
import { calledName } from './person-name.js';
import type { Transaction } from './store/store.js';

/** A person, with the index up to which the log must be known. */
export interface Wanted {
  readonly person: PersonId;
  readonly n: number;
}

export interface ProvenName {
  readonly name: string | null;
  readonly nationalId: string | null;
  /** Of the certified professions, the one that the directory names, else the first. */
  readonly profession: Profession | null;
  readonly view: TrustView;
}

/** What a log was found to be, and under which pins. */
interface Verdict extends KeptVerdict {
  readonly under: Hash;
}

const verdictKey = (person: PersonId): string => `verified/${person}`;

/** Other pins may prove more, or less: what was found under these says nothing then. */
function underOf({ origin, logKey, provider }: Pins): Hash {
  return hash(utf8(JSON.stringify([VERDICT_VERSION, origin, logKey, provider])));
}

/** Raised whenever the replay of identity logs checks something that it did not before. */
const VERDICT_VERSION = 2;

const personOf = ({ person }: Wanted): PersonId => person;

/** How old the tree may be before a device that nobody knows is looked for in it. */
const STRANGER_MS = 2000;

/** Where it stands up to which index the owner of this device has seen who somebody is. */
export const seenKey = (person: PersonId | ''): string => `seen/${person}`;

export class People {
  readonly #states = new Map<PersonId, IdentityState>();
  /** Logs that are read from the store, and those of strangers: once, however many views ask. */
  readonly #recalls = new Gathering<PersonId>((people) => this.#recall(people));
  readonly #meetings = new Gathering<PersonId>((people) => this.#fetch(people));

  constructor(
    private readonly ground: Ground,
    private readonly instances: Instances,
    private readonly evidence: EvidenceRoom,
    private readonly tree: IdentityTree,
    private readonly me: () => PersonId | null,
  ) {}

  /** The verified log, as far as it is in memory. */
  known(person: PersonId): IdentityState | null {
    return this.#states.get(person) ?? null;
  }

  /** The verified log as this device keeps it, without asking. */
  async kept(person: PersonId): Promise<IdentityState | null> {
    if (this.known(person) === null) await this.#recalls.need([person]);
    return this.known(person);
  }

  /** Makes logs known at least up to these indexes, where the server has them. */
  async learn(wanted: readonly Wanted[]): Promise<void> {
    const short = ({ person, n }: Wanted): boolean => (this.known(person)?.head.n ?? -1) < n;
    const missing = wanted.filter(short);
    if (missing.length === 0) return;
    await this.#recalls.need(missing.map(({ person }) => person));
    const strangers = missing.filter(({ person }) => this.known(person) === null);
    await this.#meetings.need(strangers.map(({ person }) => person));
    await this.#fetch(
      missing.filter((one) => !strangers.includes(one) && short(one)).map(personOf),
    );
  }

  /**
   * Makes sure that logs are as the tree of all identities lists them now, give or take half a
   * minute: who is listed as we know them is not asked for again.
   */
  async refresh(people: readonly PersonId[], maxAgeMs = FRESH_MS): Promise<void> {
    await this.#recalls.need(people.filter((person) => this.known(person) === null));
    await this.tree.follow(maxAgeMs);
    // Whoever was not there a moment ago may have come since.
    const missing = (person: PersonId): boolean =>
      this.known(person) === null || !this.#isWhole(person);
    await this.#fetch(people.filter(missing));
  }

  /** As `refresh`, for whom something is sealed to: nobody is whose log may be longer. */
  async present(people: readonly PersonId[]): Promise<void> {
    await this.refresh(people);
    // Somebody may have added to their log while it was read.
    await this.#fetch(people.filter((person) => !this.#isWhole(person)));
    if (this.tree.isBroken) throw new Fault('log-broken', 'the tree of all identities');
    const hidden = people.find((person) => !this.#isWhole(person));
    if (hidden !== undefined) throw new Fault('log-broken', `identity log of ${hidden}`);
  }

  /** Those whose log the tree lists further than the index up to which they were seen. */
  async wentOn(seen: ReadonlyMap<PersonId, number>): Promise<IdentityState[]> {
    const { reach } = this.ground;
    await reach.soon(() => this.tree.follow());
    const grown = [...seen].flatMap(([person, n]) =>
      this.tree.listed(person).length > n + 1 ? [person] : [],
    );
    await this.#recalls.need(grown.filter((person) => this.known(person) === null));
    await reach.soon(() => this.refresh(grown));
    return grown.flatMap((person) => this.known(person) ?? []);
  }

  /** Whether the log is known to the end that the tree lists. */
  #isWhole(person: PersonId, length = this.tree.listed(person).length): boolean {
    return (this.known(person)?.hashes.length ?? 0) >= length;
  }

  /** The person's log, fetched if need be. */
  async state(person: PersonId): Promise<IdentityState> {
    await this.learn([{ person, n: 0 }]);
    const state = this.known(person);
    if (state === null) throw new Fault('no-keys', 'a person has no identity log here');
    return state;
  }

  /** The key by which this was signed, by all that their log says; null for a stranger's. */
  async signingKey(person: PersonId, signed: Signed): Promise<SigningKey | null> {
    const key = (): SigningKey | null => {
      const log = this.known(person);
      return (log && signerAt(log, signed, log.head.n)?.signingKey) ?? null;
    };
    await this.learn([{ person, n: 0 }]);
    if (key() === null) await this.refresh([person], STRANGER_MS);
    return key();
  }

  /** What is proven of somebody's name, beside what the directory says. */
  async trust(person: PersonId, card: PersonCard | null): Promise<ProvenName> {
    if ((await this.kept(person)) === null) {
      await this.ground.reach.soon(() => this.learn([{ person, n: 0 }]));
    }
    return this.#proven(this.known(person)?.trust, card);
  }

  #proven(trust: Trust | undefined, card: PersonCard | null): ProvenName {
    const since = trust?.since ?? card?.since ?? 0;
    const base = { since, by: null, fictional: card?.fictional ?? false };
    const none = { name: null, nationalId: null, profession: null };
    if (trust === undefined) return { ...none, view: { ...base, level: 'directory' } };
    if (trust.level === 'certified') {
      const { givenName, familyName, nationalId, professions } = trust.claims;
      const shown = professions.find((code) => code === card?.profession) ?? professions[0];
      const profession = Profession.safeParse(shown).data ?? null;
      const view = { ...base, level: trust.level, fictional: trust.fictional };
      const name = calledName(givenName, familyName);
      return { name, nationalId, profession, view };
    }
    if (trust.level === 'server') return { ...none, view: { ...base, level: 'server' } };
    const named = card !== null && hash(nameHashed(null, card.name)) === trust.nameHash;
    const level = named ? 'vouched' : 'directory';
    return { ...none, view: { ...base, level, by: this.#certifiedName(trust.by) } };
  }

  #certifiedName(person: PersonId): string | null {
    const trust = this.known(person)?.trust;
    return trust?.level === 'certified'
      ? calledName(trust.claims.givenName, trust.claims.familyName)
      : null;
  }

  /** Takes in statements of one's own log as soon as the server has taken them. */
  async forget(person: PersonId): Promise<void> {
    await this.#fetch([person]);
  }

  async #recall(people: readonly PersonId[]): Promise<void> {
    const { store, origin } = this.ground;
    const under = underOf(await this.#pins());
    for (const person of new Set(people)) {
      if (this.#states.has(person)) continue;
      const statements = await store.get<WireStatement[]>('people', person);
      if (statements === undefined) continue;
      const verdict = await store.get<Verdict>('people', verdictKey(person));
      const isOurs = verdict?.under === under;
      const state = isOurs ? recallIdentity({ person, statements }, verdict, origin) : null;
      if (state !== null && (await this.#against(state, false)) === null) {
        this.#states.set(person, state);
        if (this.#isWhole(person)) await this.evidence.heal(`person/${person}`);
      } else if (await this.#take({ person, statements }, null)) {
        await store.transaction((tx) => this.#keepVerdict(tx, person, under));
      }
    }
  }

  /** Verified under these pins: at the next start the signatures are not checked again. */
  #keepVerdict(tx: Transaction, person: PersonId, under: Hash): void {
    const state = this.known(person);
    if (state === null) return;
    const { hashes, trusts } = state;
    tx.put('people', verdictKey(person), { under, hashes, trusts } satisfies Verdict);
  }

  async #fetch(people: readonly PersonId[]): Promise<void> {
    const all = [...new Set(people)];
    const size = LIMITS.identityQuery.value;
    for (let at = 0; at < all.length; at += size) {
      const wanted = all.slice(at, at + size).map((person) => {
        return { person, from: (this.known(person)?.head.n ?? -1) + 1 };
      });
      // What was listed before an honest server answered, its answer holds.
      const listed = wanted.map(({ person }) => this.tree.listed(person).length);
      const logs = await this.#ask(wanted);
      const froms = new Map(wanted.map(({ person, from }) => [person, from]));
      for (const log of logs) await this.#grow(log, froms.get(log.person) ?? 0);
      for (const [i, { person }] of wanted.entries()) {
        if (!this.#isWhole(person, listed[i])) await this.#withheld(person, logs);
      }
    }
  }

  /** Somebody whom the server does not know hides nobody else's log. */
  async #ask(wanted: readonly { person: PersonId; from: number }[]): Promise<IdentityLog[]> {
    try {
      const body = { people: [...wanted] };
      return (await this.ground.api.call(IDENTITY_ROUTES.queryIdentities, { body })).logs;
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'person_unknown') throw error;
      if (wanted.length === 1) return [];
      return (await Promise.all(wanted.map((one) => this.#ask([one])))).flat();
    }
  }

  /** The answer begins at `from`; another answer may have come in between and overlap it. */
  async #grow({ person, statements: served }: IdentityLog, from: number): Promise<void> {
    const kept = (await this.ground.store.get<WireStatement[]>('people', person)) ?? [];
    const statements = [...kept, ...served.slice(kept.length - from)];
    if (kept.length < from || statements.length === kept.length) return;
    if (!(await this.#take({ person, statements }, served))) return;
    const under = underOf(await this.#pins());
    await this.ground.store.transaction(async (tx) => {
      const now = (await tx.get<WireStatement[]>('people', person)) ?? [];
      if (now.length >= statements.length) return;
      tx.put('people', person, statements);
      // As whom they were met: whatever changes from here on is shown before it is relied on.
      if (now.length === 0) tx.put('names', seenKey(person), { n: statements.length - 1 });
      this.#keepVerdict(tx, person, under);
    });
  }

  /** `served`: what the server answered; null where the log comes from our own store. */
  async #take(log: IdentityLog, served: readonly WireStatement[] | null): Promise<boolean> {
    const state = await replayIdentity(log, await this.#pins());
    if (isIdentityFault(state)) {
      const why = `${log.person}: ${state.fault} at ${String(state.n)}`;
      await this.#suspect(log.person, state.fault, why, served ?? log);
      return false;
    }
    const fault = await this.#against(state, served !== null);
    if (fault !== null) {
      await this.#suspect(log.person, fault, log.person, { served: log, listed: this.#shown(log) });
      return false;
    }
    const before = this.#states.get(log.person);
    if (before === undefined || before.head.n < state.head.n) this.#states.set(log.person, state);
    // Whatever changed of somebody known is to be seen, on whatever screen it was met.
    if (before !== undefined && before.head.n < state.head.n) {
      this.ground.changes.tell({ what: 'people' });
    }
    if (this.#isWhole(log.person)) await this.evidence.heal(`person/${log.person}`);
    return true;
  }

  /** What the tree that everybody follows says against a log that is right in itself. */
  async #against(
    { person, hashes }: IdentityState,
    isServed: boolean,
  ): Promise<'split' | 'unlisted' | null> {
    const isShort = (): boolean => this.tree.listed(person).length < hashes.length;
    if (isServed && isShort()) await this.tree.follow(0);
    const listed = this.tree.listed(person);
    if (listed.some((h, n) => n < hashes.length && hashes[n] !== h)) return 'split';
    return isServed && isShort() ? 'unlisted' : null;
  }

  /** A statement that is listed and not served: a revocation withheld, or one that nobody made. */
  async #withheld(person: PersonId, served: readonly IdentityLog[]): Promise<void> {
    if (this.evidence.isAgainst(`person/${person}`)) return;
    const log = served.find((one) => one.person === person) ?? { person, statements: [] };
    const exhibits = { served: log, listed: this.#shown(log) };
    await this.#suspect(person, 'withheld', person, exhibits);
  }

  #shown({ person }: IdentityLog): unknown {
    return { leaves: this.tree.listed(person), head: this.tree.head };
  }

  /** What is said of oneself and is none of one's own devices' doing has a code of its own. */
  async #suspect(person: PersonId, fault: string, why: string, exhibits: unknown): Promise<void> {
    const code = person === this.me() ? `own-identity-${fault}` : `identity-${fault}`;
    await this.evidence.record(null, code, why, exhibits, `person/${person}`);
  }

  async #pins(): Promise<Pins> {
    const { logKey, provider } = await this.instances.pinned();
    return {
      origin: this.ground.origin,
      logKey,
      provider,
      // As far as the invitation cites it: an inviter's devices may have changed since we looked.
      inviter: async (person, n) => {
        await this.learn([{ person, n }]);
        return this.known(person);
      },
    };
  }
}
