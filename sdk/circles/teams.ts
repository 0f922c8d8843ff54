/**
 * Teams as far as this device must know them: its own in full, others by the skeleton of their log
 * (statements whole, entries as hashes), verified alike. Who was in a team when somebody acted
 * through it, and which key the team has now, are both answered from here.
 */
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import type { CircleState } from '@liaison/contract/circle-rules';
import type { CircleId } from '@liaison/contract/ids';
import type { Head, SkeletonItem } from '@liaison/contract/item';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import { CircleHistory } from '../logs/circle-history.js';
import {
  type CircleReplay,
  citedAuthors,
  type Membership,
  replayItem,
  skipItem,
  startReplay,
  withMembership,
} from '../logs/circle-log.js';
import type { People } from '../people.js';
import type { EvidenceRoom } from '../evidence.js';
import { type KeptState, keptState, stateOf } from './circle.book.js';
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

/** What is kept of a followed team: enough to go on, the history is checked as it was read. */
interface KeptSkeleton {
  readonly state: KeptState | null;
  readonly head: Head;
  readonly memberships: readonly Membership[];
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
    if (this.library.has(team)) return this.library.book(team);
    const followed = await this.#read(team);
    return followed.state === null ? null : followed;
  }

  /** The memberships of a team, at least up to position `k` where the server has them. */
  async upTo(team: CircleId, k: number): Promise<readonly Membership[]> {
    const known = await this.known(team);
    if (known !== null && (known.memberships.at(-1)?.k ?? -1) >= k) return known.memberships;
    return (await this.latest(team, 0))?.memberships ?? [];
  }

  /** The team as the server has it now, or had it less than `maxAgeMs` ago. */
  async latest(team: CircleId, maxAgeMs = FRESH_MS): Promise<TeamLog | null> {
    if (this.library.has(team)) {
      if (maxAgeMs === 0) await this.catchUp(team);
      return this.library.book(team);
    }
    const followed = await this.#read(team);
    if (followed.state !== null && this.ground.clock() - followed.askedAt < maxAgeMs)
      return followed;
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

  async #follow(team: CircleId): Promise<Followed> {
    // History is not kept for followed teams, so their short logs are read from their beginning.
    let replay = startReplay(team, this.ground.origin);
    let memberships: readonly Membership[] = [];
    for (let more = true; more; ) {
      const input = { params: { circle: team }, query: { after: replay.head.k } };
      const { items, head } = await this.ground.api.call(CIRCLE_ROUTES.skeleton, input);
      await this.#learnAuthors(items);
      for (const item of items) {
        replay = await this.#step(replay, item);
        if (replay.state !== null) memberships = withMembership(memberships, replay.state);
      }
      more = items.length > 0 && replay.head.k < head.k;
    }
    const askedAt = this.ground.clock();
    const followed = { replay, state: replay.state, head: replay.head, memberships, askedAt };
    await this.#keep(team, followed);
    return followed;
  }

  async #learnAuthors(items: readonly SkeletonItem[]): Promise<void> {
    const cited = citedAuthors(items.flatMap(({ statement }) => statement ?? []));
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

  async #keep(team: CircleId, followed: Followed): Promise<void> {
    this.#followed.set(team, Promise.resolve(followed));
    const { head, memberships } = followed;
    const kept: KeptSkeleton = { state: keptState(followed.state), head, memberships };
    await this.ground.store.transaction((tx) => {
      tx.put('skeletons', team, kept);
    });
  }
}

async function readSkeleton(ground: Ground, team: CircleId): Promise<Followed> {
  const kept = await ground.store.get<KeptSkeleton>('skeletons', team);
  const fresh = startReplay(team, ground.origin);
  if (kept === undefined) {
    return { replay: fresh, state: null, head: fresh.head, memberships: [], askedAt: 0 };
  }
  const state = stateOf(kept.state);
  const replay = { ...fresh, state, head: kept.head, history: new CircleHistory() };
  return { replay, state, head: kept.head, memberships: kept.memberships, askedAt: 0 };
}
