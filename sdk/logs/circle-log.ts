/**
 * The replay of a circle's one sequence. Three kinds of trouble, kept apart (docs/protocol.md,
 * "Whose fault"): a *fault* is the server's lie and blocks the circle with its evidence; a *flag*
 * is the author's fault, keeps its place and changes nothing; *waiting* is a log that must be
 * fetched. Pure but for the history it fills: no clock, no store, no network.
 */
import {
  actingMember,
  type AuthorEvidence,
  type CircleState,
  judge,
  roleOf,
} from '@liaison/contract/circle-rules';
import { fromBase64Url } from '@liaison/contract/bytes';
import { type LapsedMember, STATEMENT_FACTS } from '@liaison/contract/circle';
import { parseCanonical } from '@liaison/contract/encoding';
import { judgeErasure, type Written } from '@liaison/contract/erasure-rules';
import type { ErrorCode } from '@liaison/contract/errors';
import {
  type CircleId,
  type Hash,
  type Origin,
  type PersonId,
  ZERO_HASH,
} from '@liaison/contract/ids';
import { judgeKind, type KindVerdict } from '@liaison/contract/item-rules';
import { EMPTY_HEAD, type Head, ItemHeader, type WireItem } from '@liaison/contract/item';
import { circleIdHashed, itemSigned } from '@liaison/contract/signing';
import {
  type Admitted,
  areLapsed,
  hasLapsed,
  lapsedIn,
  lastResetAt,
} from '@liaison/contract/standing-rules';
import { orNull } from '../crypto/aead.js';
import { bodyHash } from '../crypto/body.js';
import { hash } from '../crypto/hash.js';
import { verifyStrict } from '../crypto/signing.js';
import { CircleHistory, headAfterHash, itemHash } from './circle-history.js';
import type { IdentityState } from './identity-state.js';
import { isOfLaterVersion } from './later-version.js';
import { signerAt } from './leases.js';
import { ordinaryHeader } from './ordinary-header.js';

export interface CircleReplay {
  readonly circle: CircleId;
  readonly origin: Origin;
  readonly state: CircleState | null;
  readonly head: Head;
  readonly history: CircleHistory;
}

/** Who was in a team after a membership statement of its log. */
export interface Membership {
  readonly k: number;
  readonly h: Hash;
  readonly people: readonly PersonId[];
  /** As whom each was let in; in stores from before there were resets, nothing. */
  readonly admitted?: Admitted;
}

/** What a replay must be told of other logs, as far as they are known here. */
export interface Lookups {
  identity(person: PersonId): IdentityState | null;
  /** A team's memberships, oldest first; null or too short makes the replay wait. */
  team(circle: CircleId): readonly Membership[] | null;
}

/** What an honest server would have refused or could not have made: it blocks the circle. */
export type CircleFault =
  | 'order'
  | 'form'
  | 'origin'
  | 'circle-id'
  | 'identity-fork'
  | 'device-unknown'
  | 'signature'
  | 'fork'
  | 'team-fork'
  | 'body'
  | 'not-a-circle';

export type Missing =
  | { readonly log: 'identity'; readonly person: PersonId; readonly n: number }
  | { readonly log: 'team'; readonly team: CircleId; readonly k: number };

interface Placed {
  readonly replay: CircleReplay;
  readonly header: ItemHeader;
}

export type Replayed =
  | (Placed & { readonly outcome: 'accepted'; readonly kind: 'statement' | 'entry' | 'unknown' })
  | (Placed & { readonly outcome: 'flagged'; readonly code: ErrorCode; readonly why: string })
  | { readonly outcome: 'waiting'; readonly missing: Missing }
  | { readonly outcome: 'update-needed' }
  | { readonly outcome: 'fault'; readonly code: CircleFault };

type Stop = Exclude<Replayed, Placed>;
type Flag = { readonly code: ErrorCode; readonly why: string };

const fault = (code: CircleFault): Stop => ({ outcome: 'fault', code });

export function startReplay(circle: CircleId, origin: Origin): CircleReplay {
  return { circle, origin, state: null, head: EMPTY_HEAD, history: new CircleHistory() };
}

/** What an item says by itself, wherever it stands: read once, however often it is judged. */
export interface ReadItem {
  readonly wire: WireItem;
  readonly read: { readonly header: ItemHeader } | { readonly stop: Stop };
  /** Where the body is not the one that was signed. */
  readonly unfit: Stop | null;
  readonly hash: Hash;
}

/**
 * A page is best read whole before it is judged item by item: what an item's own bytes tell costs a
 * third less when no signature is verified in between.
 */
export function readItem(wire: WireItem): ReadItem {
  const read = readHeader(wire.text);
  const stop = 'header' in read ? checkBody(wire, read.header) : null;
  return { wire, read, unfit: stop, hash: itemHash(wire.text, wire.signature) };
}

/** Judges the next item. An accepted or flagged one is noted in the history at once. */
export function replayItem(replay: CircleReplay, wire: WireItem, lookups: Lookups): Replayed {
  return replayRead(replay, readItem(wire), lookups);
}

/** The same for one that was read before. */
export function replayRead(replay: CircleReplay, item: ReadItem, lookups: Lookups): Replayed {
  const { wire, read, unfit } = item;
  if (wire.circle !== replay.circle || wire.k !== replay.head.k + 1) return fault('order');
  if ('stop' in read) return read.stop;
  const { header } = read;
  const stop =
    checkPlace(replay, wire, header) ??
    checkAuthor(replay, wire, header, lookups) ??
    checkHeads(replay, header) ??
    checkTeam(header, lookups) ??
    checkLapsed(header, lookups) ??
    unfit;
  return stop ?? settle(replay, item.hash, header, lookups);
}

/** A place whose item is known by its hash only (skeletons). */
export function skipItem(replay: CircleReplay, itemHash: Hash): CircleReplay {
  const head = headAfterHash(replay.head, itemHash);
  replay.history.noteHash(head);
  return { ...replay, head };
}

function readHeader(text: string): { header: ItemHeader } | { stop: Stop } {
  const ordinary = ordinaryHeader(text);
  if (ordinary !== null) return { header: ordinary };
  const value = orNull(() => parseCanonical(text));
  if (isOfLaterVersion(value)) return { stop: { outcome: 'update-needed' } };
  const parsed = ItemHeader.safeParse(value);
  return parsed.success ? { header: parsed.data } : { stop: fault('form') };
}

/** Whose logs served items cite. An item that cannot be read is judged in its own turn. */
export function citedAuthors(
  items: readonly ReadItem[],
): readonly Pick<ItemHeader, 'author' | 'identity'>[] {
  return items.flatMap(({ read }) => {
    if (!('header' in read)) return [];
    const lapsed = lapsedIn(read.header).map(({ member, head: { k: n, h } }) => {
      return { author: member.slice(2) as PersonId, identity: { n, h } };
    });
    return [read.header, ...lapsed];
  });
}

function checkPlace(replay: CircleReplay, wire: WireItem, header: ItemHeader): Stop | null {
  if (header.origin !== replay.origin) return fault('origin');
  const first = replay.head.k === -1;
  if (header.circle !== (first ? '' : replay.circle)) return fault('circle-id');
  const named = !first || (hash(circleIdHashed(wire.text)) as string) === replay.circle;
  return named ? null : fault('circle-id');
}

function checkAuthor(
  replay: CircleReplay,
  wire: WireItem,
  header: ItemHeader,
  lookups: Lookups,
): Stop | null {
  const { author: person, identity } = header;
  const log = lookups.identity(person);
  if (log === null || log.head.n < identity.n) {
    return { outcome: 'waiting', missing: { log: 'identity', person, n: identity.n } };
  }
  if (log.hashes[identity.n] !== identity.h) return fault('identity-fork');
  const signer = signerAt(log, header, identity.n);
  if (signer === null) return fault('device-unknown');
  const signed = itemSigned(replay.origin, wire.text);
  return verifyStrict(signer.signingKey, signed, wire.signature) ? null : fault('signature');
}

/**
 * Heads that an honest server compares before it appends: another hash there, or a place that is
 * not written yet, is another history. Else whoever moves items would have their authors flagged.
 */
function checkHeads(replay: CircleReplay, header: ItemHeader): Stop | null {
  const cited = [header.seen, header.members];
  const same = cited.every(({ k, h }) => h === (k < 0 ? ZERO_HASH : replay.history.chainAt(k)));
  return same ? null : fault('fork');
}

function citedMembership(header: ItemHeader, lookups: Lookups): Membership | null {
  const { team } = header;
  const log = team && lookups.team(team.circle);
  return log?.findLast((one) => one.k === team?.head.k) ?? null;
}

function checkTeam(header: ItemHeader, lookups: Lookups): Stop | null {
  const { team } = header;
  if (team === null) return null;
  const last = lookups.team(team.circle)?.at(-1);
  if (last === undefined || last.k < team.head.k) {
    return { outcome: 'waiting', missing: { log: 'team', team: team.circle, k: team.head.k } };
  }
  return citedMembership(header, lookups)?.h === team.head.h ? null : fault('team-fork');
}

/** Their logs must be known as far as the statement cites them, and be the same as ours. */
function checkLapsed(header: ItemHeader, lookups: Lookups): Stop | null {
  for (const { member, head } of lapsedIn(header)) {
    const person = member.slice(2) as PersonId;
    const log = lookups.identity(person);
    if (log === null || log.head.n < head.k) {
      return { outcome: 'waiting', missing: { log: 'identity', person, n: head.k } };
    }
    if (log.hashes[head.k] !== head.h) return fault('identity-fork');
  }
  return null;
}

/** A body that is not there was destroyed; one that is there must be the signed one. */
function checkBody(wire: WireItem, header: ItemHeader): Stop | null {
  if (wire.body === null) return null;
  const bytes = orNull(() => fromBase64Url(wire.body ?? ''));
  return bytes !== null && bodyHash(bytes) === header.body ? null : fault('body');
}

function settle(
  replay: CircleReplay,
  hashed: Hash,
  header: ItemHeader,
  lookups: Lookups,
): Replayed {
  const circleKind = replay.state?.kind ?? createdKind(header);
  // What begins no circle has no kind: the law of the circle refuses it.
  const kind = circleKind && judgeKind(header, circleKind);
  if (kind === 'update-needed') return { outcome: 'update-needed' };
  const head = headAfterHash(replay.head, hashed);
  const flag = flagOf(replay, header, lookups, kind);
  const at = { circle: replay.circle, k: head.k, chain: head.h };
  const evidence = evidenceOf(replay, header, lookups);
  const verdict = judge(replay.state, header, at, evidence);
  const why = flag ?? (verdict.ok ? erasureFlag(replay, header, evidence) : flagBy(verdict));
  if (why !== null && replay.state === null) return fault('not-a-circle');
  replay.history.noteItem(header, head);
  if (why !== null) return { outcome: 'flagged', replay: { ...replay, head }, header, ...why };
  const state = verdict.ok ? verdict.state : replay.state;
  return { outcome: 'accepted', replay: { ...replay, head, state }, header, kind: settled(kind) };
}

const flagBy = ({ code, why }: Flag): Flag => ({ code, why });

/** An erasure of what does not stand there, or by somebody without the right to it. */
function erasureFlag(replay: CircleReplay, header: ItemHeader, evidence: AuthorEvidence) {
  if (header.kind !== 'bodies.erased' || replay.state === null) return null;
  const role = roleOf(replay.state, header, evidence);
  if (role === null) return null;
  const by = { author: header.author, actor: actingMember(header), role };
  const written = (place: Head): Written | null => replay.history.writtenAt(place);
  const verdict = judgeErasure(header, replay.state.kind, by, written);
  return verdict.ok ? null : flagBy(verdict);
}

/** What the logs say that the item cites: they were checked to be known that far. */
function evidenceOf({ state }: CircleReplay, header: ItemHeader, lookups: Lookups): AuthorEvidence {
  const { author, identity } = header;
  const lastReset = lastResetAt(lookups.identity(author)?.past ?? [], identity.n);
  const team = citedMembership(header, lookups);
  const inTeam = team?.people.includes(author) === true;
  const resetOf = ({ member, head }: LapsedMember): number =>
    lastResetAt(lookups.identity(member.slice(2) as PersonId)?.past ?? [], head.k);
  return {
    inCitedTeam: inTeam && !hasLapsed(team.admitted, author, lastReset),
    lastReset,
    lapsedTruly: areLapsed(state?.admitted ?? {}, lapsedIn(header), resetOf),
  };
}

function createdKind(header: ItemHeader): CircleState['kind'] | null {
  const facts = STATEMENT_FACTS['circle.created'].safeParse(header.facts);
  return facts.success ? facts.data.kind : null;
}

function settled(kind: KindVerdict | null): 'statement' | 'entry' | 'unknown' {
  return kind === 'statement' || kind === 'entry' ? kind : 'unknown';
}

/** What the author did wrong, beside the circle's own law. */
function flagOf(
  replay: CircleReplay,
  header: ItemHeader,
  lookups: Lookups,
  kind: Exclude<KindVerdict, 'update-needed'> | null,
): Flag | null {
  const log = lookups.identity(header.author);
  const signer = log && signerAt(log, header, header.identity.n);
  if (signer?.live !== true) {
    if (header.lease !== undefined) return { code: 'lease_over', why: 'the lease was over' };
    return { code: 'device_revoked', why: 'the device did not count by then' };
  }
  if (replay.history.hasEntry(header)) return { code: 'item_id_reused', why: 'entry id used' };
  if (replay.history.reusesCounter(header)) return { code: 'counter_reused', why: 'counter used' };
  if (kind === null || kind === 'statement' || kind === 'entry' || kind === 'unknown') return null;
  return { code: kind, why: `kind ${header.kind}` };
}

/** The memberships of a team after its log moved: what its people's acting is judged by. */
export function withMembership(
  known: readonly Membership[],
  state: CircleState,
): readonly Membership[] {
  if (known.at(-1)?.k === state.membersHead.k) return known;
  const people = [...state.members.keys()].filter((member) => member.startsWith('p.'));
  const ids = people.map((member) => member.slice(2) as PersonId);
  return [...known, { ...state.membersHead, people: ids, admitted: state.admitted }];
}
