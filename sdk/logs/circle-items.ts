/**
 * Writes items of a circle: signed headers, sealed bodies, epochs with their sealed copies. Each
 * builder gives the item and the head after it, so that one submission can hold several in a row.
 */
import { toBase64Url } from '@liaison/contract/bytes';
import type {
  Backlink,
  EpochFacts,
  EpochReason,
  LapsedMember,
  MemberSpec,
  RecipientPin,
  StatementFacts,
  StatementKind,
} from '@liaison/contract/circle';
import type { CircleState } from '@liaison/contract/circle-rules';
import { membersAt } from '@liaison/contract/epoch-rules';
import { canonical } from '@liaison/contract/encoding';
import {
  type CircleId,
  type DeviceId,
  type EntryId,
  type Hash,
  Instant,
  type MemberId,
  type Origin,
  type PersonId,
  type SealedBytes,
  type SealingKey,
} from '@liaison/contract/ids';
import type { IdentityHead } from '@liaison/contract/identity';
import {
  type ActingTeam,
  type EpochCopy,
  EMPTY_HEAD,
  type Head,
  type ItemHeader,
  type NewItem,
} from '@liaison/contract/item';
import { type Profession } from '@liaison/contract/profession';
import type { Lease } from '@liaison/contract/lease';
import { STATEMENT_VERSION } from '@liaison/contract/item-rules';
import { circleIdHashed, copyHashed, itemSigned } from '@liaison/contract/signing';
import { sealBacklink } from '../crypto/backlink.js';
import { bodyHash, sealBody } from '../crypto/body.js';
import { copiesRoot, sortedCopies } from '../crypto/copies-tree.js';
import { deriveEpoch, type EpochKeys, newEpochSecret } from '../crypto/epoch.js';
import { hash } from '../crypto/hash.js';
import { type RandomBytes, randomBytes } from '../crypto/random.js';
import { type CopyContext, sealCopy } from '../crypto/sealing.js';
import { sign } from '../crypto/signing.js';
import { headAfter } from './circle-history.js';

/** Who writes, on which device, through whom. */
export interface Author {
  readonly origin: Origin;
  readonly person: PersonId;
  readonly device: DeviceId;
  /** Where the device is a shared post. */
  readonly lease?: Lease | undefined;
  readonly secretKey: Uint8Array;
  readonly inc: number;
  readonly as: Profession;
  readonly team: ActingTeam | null;
  readonly identity: IdentityHead;
  readonly checkpoint: ItemHeader['checkpoint'];
}

/** Where the item will stand, as far as the author knows. */
export interface Place {
  /** Empty for `circle.created`. */
  readonly circle: CircleId | '';
  /** Head before it: the last position the author has seen or written. */
  readonly head: Head;
  readonly members: Head;
  readonly epoch: number;
}

/** What makes an item this one. */
export interface Stamp {
  readonly id: EntryId;
  /** Counter of this device in this circle. */
  readonly n: number;
  readonly at: number;
}

export interface EntryDraft {
  readonly kind: string;
  readonly kv: number;
  readonly critical: boolean;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export interface Built {
  readonly item: NewItem;
  readonly header: ItemHeader;
  /** Head after it. */
  readonly head: Head;
}

export function placeIn(state: CircleState, head: Head): Place {
  const { circle, membersHead: members, epoch } = state;
  return { circle, head, members, epoch: epoch?.epoch ?? 0 };
}

interface Content extends Pick<ItemHeader, 'kind' | 'kv' | 'critical' | 'body'> {
  readonly facts: Readonly<Record<string, unknown>>;
}

function headerOf(author: Author, place: Place, stamp: Stamp, content: Content): ItemHeader {
  const { origin, person, device, lease, as, team, identity, checkpoint } = author;
  return {
    ...content,
    v: 1,
    suite: 1,
    origin,
    circle: place.circle,
    id: stamp.id,
    author: person,
    device,
    lease,
    inc: Instant.parse(author.inc),
    n: stamp.n,
    as,
    team,
    seen: place.head,
    members: place.members,
    epoch: place.epoch,
    identity,
    checkpoint,
    at: Instant.parse(stamp.at),
  };
}

function signed(
  author: Author,
  place: Place,
  header: ItemHeader,
  body: SealedBytes | null,
  copies?: readonly EpochCopy[],
): Built {
  const text = canonical(header);
  const signature = sign(author.secretKey, itemSigned(author.origin, text));
  const item = { text, signature, body, ...(copies && { copies: [...copies] }) };
  return { item, header, head: headAfter(place.head, text, signature) };
}

/** An entry with its sealed body. */
export function buildItem(
  author: Author,
  place: Place,
  stamp: Stamp,
  draft: EntryDraft,
  keys: EpochKeys,
  random: RandomBytes = randomBytes,
): Built {
  const { kind, kv, critical, facts } = draft;
  const { person, device } = author;
  if (place.circle === '') throw new RangeError('item: an entry needs its circle');
  const context = { circle: place.circle, epoch: place.epoch, kind, kv, id: stamp.id };
  const sealed = sealBody(
    keys.contentKey,
    draft.body,
    { ...context, author: person, device },
    random,
  );
  const content = { kind, kv, critical, facts, body: bodyHash(sealed) };
  const header = headerOf(author, place, stamp, content);
  return signed(author, place, header, toBase64Url(sealed) as SealedBytes);
}

/** A membership statement: facts only. */
export function buildMembershipStatement<K extends StatementKind>(
  author: Author,
  place: Place,
  stamp: Stamp,
  kind: K,
  facts: StatementFacts<K>,
  copies?: readonly EpochCopy[],
): Built {
  const content = { kind, kv: STATEMENT_VERSION, critical: true, facts, body: null };
  const header = headerOf(author, place, stamp, content);
  return signed(author, place, header, null, copies);
}

export interface Created extends Built {
  readonly circle: CircleId;
}

export function buildCreated(
  author: Author,
  stamp: Stamp,
  facts: StatementFacts<'circle.created'>,
): Created {
  const place: Place = { circle: '', head: EMPTY_HEAD, members: EMPTY_HEAD, epoch: 0 };
  const built = buildMembershipStatement(author, place, stamp, 'circle.created', facts);
  return { ...built, circle: hash(circleIdHashed(built.item.text)) as string as CircleId };
}

/** A key to seal to, with its hash and the log position that proves whose it is. */
export interface Recipient {
  readonly pin: RecipientPin;
  readonly key: SealingKey;
}

export interface NextEpoch {
  readonly facts: EpochFacts;
  readonly copies: readonly EpochCopy[];
  readonly keys: EpochKeys;
}

/** What the next epoch is made of. */
export interface EpochDraft {
  readonly circle: CircleId;
  readonly epoch: number;
  /** Membership head before the statement that opens it. */
  readonly prev: Hash;
  readonly because: EpochReason;
  readonly recipients: readonly Recipient[];
  readonly lapsed?: readonly LapsedMember[];
  /** Earlier epochs to link: the one before, or for a cut those that it keeps. */
  readonly earlier: readonly { readonly epoch: number; readonly keys: EpochKeys }[];
}

export function epochContext(
  circle: CircleId,
  epoch: { readonly epoch: number; readonly commitment: Hash },
  prev: Hash,
): CopyContext {
  return { owner: circle, number: epoch.epoch, commitment: epoch.commitment, prev };
}

/** Makes the next epoch's secret and seals it to everybody. The slow part of large circles. */
export function makeEpoch(draft: EpochDraft, random: RandomBytes = randomBytes): NextEpoch {
  const { circle, epoch, because, earlier, lapsed = [] } = draft;
  const keys = deriveEpoch(newEpochSecret(random));
  const { commitment } = keys;
  const context = epochContext(circle, { epoch, commitment }, draft.prev);
  const copies = draft.recipients.map(({ pin, key }) => ({
    recipient: pin.member,
    copy: sealCopy(keys.secret, key, context, pin.keyHash),
  }));
  const backlinks = earlier.map(({ epoch: number, keys: old }): Backlink => {
    const link = { owner: circle, later: epoch, earlier: number, commitment: old.commitment };
    const sealed = sealBacklink(keys.backlinkKey, old.secret, link, random);
    return { epoch: number, commitment: old.commitment, sealed };
  });
  const facts: EpochFacts = {
    epoch,
    commitment,
    publicKey: keys.sealing.publicKey,
    recipients: draft.recipients.map(({ pin }) => pin),
    because,
    backlinks,
    copiesRoot: copiesRoot(copies),
    ...(lapsed.length > 0 && { lapsed: [...lapsed] }),
  };
  const sorted = sortedCopies(copies);
  return { facts, keys, copies: sorted.map(({ recipient: member, copy }) => ({ member, copy })) };
}

/** Keys of all who must be sealed to, and of the epoch in force. */
export interface EpochParts {
  readonly recipients: readonly Recipient[];
  /** Members who began a new identity: they are members no more. */
  readonly lapsed?: readonly LapsedMember[];
  /** The epoch in force; null before the first. */
  readonly current: EpochKeys | null;
}

function nextEpoch(
  state: CircleState,
  because: EpochReason,
  { recipients, lapsed = [], current }: EpochParts,
  random: RandomBytes,
): NextEpoch {
  const number = state.epoch?.epoch ?? 0;
  const links = current !== null && because !== 'history-cut';
  const earlier = links ? [{ epoch: number, keys: current }] : [];
  const { circle } = state;
  const prev = state.membersHead.h;
  const draft = { circle, epoch: number + 1, prev, because, recipients, lapsed, earlier };
  return makeEpoch(draft, random);
}

/** Members who must be sealed to at an instant: what `EpochParts.recipients` has to cover. */
export function wantedRecipients(state: CircleState, at: number, leaving?: MemberId): MemberId[] {
  const members = membersAt(state, at).map((spec) => spec.member);
  return members.filter((member) => member !== leaving);
}

export interface BuiltEpoch extends Built {
  readonly keys: EpochKeys;
}

export function buildEpochOpened(
  author: Author,
  state: CircleState,
  head: Head,
  stamp: Stamp,
  because: EpochReason,
  parts: EpochParts,
  random: RandomBytes = randomBytes,
): BuiltEpoch {
  const next = nextEpoch(state, because, parts, random);
  const place = placeIn(state, head);
  const kind = 'epoch.opened';
  const built = buildMembershipStatement(author, place, stamp, kind, next.facts, next.copies);
  return { ...built, keys: next.keys };
}

/** Somebody is removed by another: the next epoch shuts them out in the same statement. */
export function buildMemberRemoved(
  author: Author,
  state: CircleState,
  head: Head,
  stamp: Stamp,
  member: MemberId,
  parts: EpochParts,
  random: RandomBytes = randomBytes,
): BuiltEpoch {
  const next = nextEpoch(state, 'member-removed', parts, random);
  const facts = { member, next: next.facts };
  const place = placeIn(state, head);
  const kind = 'member.removed';
  const built = buildMembershipStatement(author, place, stamp, kind, facts, next.copies);
  return { ...built, keys: next.keys };
}

/** The epoch in force, sealed to one more member. */
export function buildMemberAdded(
  author: Author,
  state: CircleState,
  head: Head,
  stamp: Stamp,
  spec: MemberSpec,
  recipient: Recipient,
  keys: EpochKeys,
): Built {
  if (state.epoch === null) throw new RangeError('member: no epoch is open');
  const context = epochContext(state.circle, state.epoch, state.epoch.prev);
  const copy = sealCopy(keys.secret, recipient.key, context, recipient.pin.keyHash);
  const copyHash = hash(copyHashed(spec.member, copy));
  const facts = { spec, pin: recipient.pin, copyHash };
  const copies = [{ member: spec.member, copy }];
  return buildMembershipStatement(
    author,
    placeIn(state, head),
    stamp,
    'member.added',
    facts,
    copies,
  );
}

/** The epoch in force, sealed again to members who lost their copy or got a wrong one. */
export function buildEpochResealed(
  author: Author,
  state: CircleState,
  head: Head,
  stamp: Stamp,
  recipients: readonly Recipient[],
  keys: EpochKeys,
): Built {
  if (state.epoch === null) throw new RangeError('reseal: no epoch is open');
  const { epoch, prev } = state.epoch;
  const context = epochContext(state.circle, state.epoch, prev);
  const copies = sortedCopies(
    recipients.map(({ pin, key }) => ({
      recipient: pin.member,
      copy: sealCopy(keys.secret, key, context, pin.keyHash),
    })),
  );
  const facts = {
    epoch,
    recipients: recipients.map(({ pin }) => pin),
    copiesRoot: copiesRoot(copies),
  };
  const sealed = copies.map(({ recipient: member, copy }) => ({ member, copy }));
  const place = placeIn(state, head);
  return buildMembershipStatement(author, place, stamp, 'epoch.resealed', facts, sealed);
}
