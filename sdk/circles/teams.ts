/**
 * Teams as far as this device must know them: its own in full, others by the skeleton of their log
 * (statements whole, entries as hashes), verified alike. Who was in a team when somebody acted
 * through it, and which key the team has now, are both answered from here.
 */
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import type { CircleState } from '@liaison/contract/circle-rules';
import type { CircleId, Hash } from '@liaison/contract/ids';
import type { Head, ItemHeader, SkeletonItem } from '@liaison/contract/item';
import { Fault } from '../fault.js';
import { isFresh } from '../freshness.js';
import type { Ground } from '../ground.js';
import type { Noted } from '../logs/circle-history.js';
import {
  type CircleReplay,
  citedAuthors,
  type Membership,
  readItem,
  replayItem,
  skipItem,
  startReplay,
  withMembership,
} from '../logs/circle-log.js';
import type { People } from '../people.js';
import type { EvidenceRoom } from '../evidence.js';
import { itemKey, type KeptState, keptState, stateOf } from './circle.book.js';
import type { Library } from './library.js';

/** A team's log up to the head that is known here. */
export interface TeamLog {
  readonly state: CircleState | null;
  readonly head: Head;
  readonly memberships: readonly Membership[];
}

interface Followed extends TeamLog {
  readonly replay: CircleReplay;
  readonly askedAt: number;
}

/** What is kept of a followed team at its head; its places are kept one by one beside it. */
interface KeptSkeleton {
  readonly state: KeptState | null;
  readonly head: Head;
  readonly memberships: readonly Membership[];
}

/** One place of a followed log: enough to judge what comes after it. */
interface KeptPlace {
  readonly h: Hash;
  /** Null for an entry: only its hash is known. */
  readonly item: Noted | null;
}

/** How long a team's key is believed before an epoch is sealed to it: the server checks too. */
const FRESH_MS = 30_000;

export class Teams {
  readonly #followed = new Map<CircleId, Promise<Followed>>();

  constructor(
    private readonly ground: Ground,
    private readonly library: Library,
    private readonly people: People,
    private readonly evidence: EvidenceRoom,
  ) {}

  /** Catches up one of our own circles: set by the sync, which stands on this. */
  catchUp: (circle: CircleId) => Promise<void> = () => Promise.resolve();

  /** The team as known here, without asking; null: nothing is known. */
  async known(team: CircleId): Promise<TeamLog | null> {
    if (this.library.isOurs(team)) return this.library.book(team);
    const followed = await this.#read(team);
    if (followed.state !== null) return followed;
    return this.library.has(team) ? this.library.book(team) : null;
  }

  /** The memberships of a team, at least up to position `k` where the server has them. */
  async upTo(team: CircleId, k: number): Promise<readonly Membership[]> {
    const known = await this.known(team);
    if (known !== null && (known.memberships.at(-1)?.k ?? -1) >= k) return known.memberships;
    return (await this.latest(team, 0))?.memberships ?? [];
  }

  /** The team as the server has it now, or had it less than `maxAgeMs` ago. */
  async latest(team: CircleId, maxAgeMs = FRESH_MS): Promise<TeamLog | null> {
    if (this.library.isOurs(team)) {
      if (maxAgeMs === 0) await this.catchUp(team);
      if (this.library.isOurs(team)) return this.library.book(team);
    }
    const followed = await this.#read(team);
    const isKnown = isFresh(followed.askedAt, this.ground.clock(), maxAgeMs);
    if (followed.state !== null && isKnown) return followed;
    return this.library.inTurn(team, () => this.#follow(team));
  }

  /** All of them are asked for again at the next need. */
  distrust(): void {
    this.#followed.clear();
  }

  #read(team: CircleId): Promise<Followed> {
    const known = this.#followed.get(team);
    if (known !== undefined) return known;
    const read = readSkeleton(this.ground, team);
    this.#followed.set(team, read);
    return read;
  }

  /** Goes on from where the log was verified last time. What was verified is kept page by page. */
  async #follow(team: CircleId): Promise<Followed> {
    let followed = await this.#read(team);
    for (let more = true; more; ) {
      const after = followed.head.k;
      const input = { params: { circle: team }, query: { after } };
      const { items, head } = await this.ground.api.call(CIRCLE_ROUTES.skeleton, input);
      if (head.k < after || (head.k === after && head.h !== followed.head.h)) {
        await this.evidence.record(team, 'rolled-back', 'team', { ours: followed.head, head });
        throw new Fault('log-broken', 'another past of this team than the one that was verified');
      }
      await this.#learnAuthors(items);
      followed = await this.#page(team, followed, items);
      more = items.length > 0 && followed.head.k < head.k;
    }
    await this.evidence.heal(team);
    return followed;
  }

  /** Verifies a page, and keeps as much of it as is right. */
  async #page(team: CircleId, from: Followed, items: readonly SkeletonItem[]): Promise<Followed> {
    let { replay, memberships } = from;
    const places: [number, KeptPlace][] = [];
    try {
      for (const item of items) {
        replay = await this.#step(replay, item);
        if (replay.state !== null) memberships = withMembership(memberships, replay.state);
        places.push([item.k, { h: replay.head.h, item: notedOf(item) }]);
      }
    } finally {
      await this.#keep(team, this.#followedOf(replay, memberships), places);
    }
    return this.#followedOf(replay, memberships);
  }

  #followedOf(replay: CircleReplay, memberships: readonly Membership[]): Followed {
    const { state, head } = replay;
    return { replay, state, head, memberships, askedAt: this.ground.clock() };
  }

  async #learnAuthors(items: readonly SkeletonItem[]): Promise<void> {
    const cited = citedAuthors(
      items.flatMap(({ statement }) => (statement === null ? [] : [readItem(statement)])),
    );
    await this.people.learn(cited.map(({ author, identity: { n } }) => ({ person: author, n })));
  }

  async #step(replay: CircleReplay, item: SkeletonItem): Promise<CircleReplay> {
    if (item.statement === null) return skipItem(replay, item.hash);
    const identity = this.people.known.bind(this.people);
    const result = replayItem(replay, item.statement, { identity, team: () => null });
    if (result.outcome === 'accepted' || result.outcome === 'flagged') return result.replay;
    if (result.outcome === 'fault') {
      await this.evidence.record(replay.circle, result.code, `team at ${String(item.k)}`, item);
    }
    throw new Fault('log-broken', `team ${result.outcome} at ${String(item.k)}`);
  }

  async #keep(
    team: CircleId,
    followed: Followed,
    places: readonly (readonly [k: number, place: KeptPlace])[],
  ): Promise<void> {
    this.#followed.set(team, Promise.resolve(followed));
    if (places.length === 0) return;
    const { head, memberships } = followed;
    const kept: KeptSkeleton = { state: keptState(followed.state), head, memberships };
    await this.ground.store.transaction((tx) => {
      tx.put('skeletons', team, kept);
      for (const [k, place] of places) tx.put('skeletons', itemKey(team, k), place);
    });
  }
}

function notedOf({ statement }: SkeletonItem): Noted | null {
  if (statement === null) return null;
  const { id, device, inc, n } = JSON.parse(statement.text) as ItemHeader;
  return { id, device, inc, n };
}

/** What was verified before; from its beginning where some of it is missing. */
async function readSkeleton(ground: Ground, team: CircleId): Promise<Followed> {
  const kept = await ground.store.get<KeptSkeleton>('skeletons', team);
  const places = await ground.store.scan<KeptPlace>('skeletons', `${team}/`);
  const replay = startReplay(team, ground.origin);
  if (kept === undefined || places.length !== kept.head.k + 1) {
    return { replay, state: null, head: replay.head, memberships: [], askedAt: 0 };
  }
  for (const [k, [, { h, item }]] of places.entries()) {
    if (item === null) replay.history.noteHash({ k, h });
    else replay.history.note(item, { k, h });
  }
  const { head, memberships } = kept;
  const state = stateOf(kept.state);
  return { replay: { ...replay, state, head }, state, head, memberships, askedAt: 0 };
}
