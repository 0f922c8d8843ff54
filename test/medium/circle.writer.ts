/**
 * A very small client for the tests of the append path: keys, an identity log, and items built from
 * the contract's own signing strings. It trusts the server; the SDK's stories do not.
 */
import { toBase64Url } from '@liaison/contract/bytes';
import type { MemberSpec, RecipientPin } from '@liaison/contract/circle';
import { canonical } from '@liaison/contract/encoding';
import type {
  CircleId,
  DeviceId,
  EntryId,
  Hash,
  MemberId,
  Origin,
  PersonId,
  SealingKey,
} from '@liaison/contract/ids';
import { personMember, teamMember, ZERO_HASH } from '@liaison/contract/ids';
import type { IdentityHead, IdentityPayload, WireStatement } from '@liaison/contract/identity';
import { EMPTY_HEAD, type Head, type ItemHeader, type NewItem } from '@liaison/contract/item';
import {
  bodyHashed,
  chainHashed,
  circleIdHashed,
  deviceIdHashed,
  identityHashed,
  identitySigned,
  invitationProofSigned,
  itemHashed,
  itemSigned,
  personIdHashed,
  possessionSigned,
} from '@liaison/contract/signing';
import { copiesRoot } from '../../sdk/crypto/copies-tree.js';
import { deriveEpoch, derivePersonKeys, newEpochSecret } from '../../sdk/crypto/epoch.js';
import { hash } from '../../sdk/crypto/hash.js';
import { entryIds, random32, randomBytes, randomText } from '../../sdk/crypto/random.js';
import { keyHash, newSealingPair, sealCopy } from '../../sdk/crypto/sealing.js';
import { newSigningPair, sign } from '../../sdk/crypto/signing.js';
import { signingPairFromSeed } from '../../sdk/crypto/signing.js';
import type { CirclesStage } from './circles.stage.js';

const POLICY = { retentionDays: null, epochMaxAgeDays: 365, epochMaxItems: 100_000 };

/** A key that circles' epochs or people's copies are sealed to. */
interface Recipient {
  readonly pin: RecipientPin;
  readonly key: SealingKey;
}

export type Changes = Partial<Record<keyof ItemHeader, unknown>>;

export interface Team {
  readonly circle: CircleId;
  readonly key: SealingKey;
}

export class Writer {
  readonly signing = newSigningPair();
  readonly sealing = newSealingPair();
  readonly keys = derivePersonKeys(random32());
  readonly device: DeviceId;
  person = '' as PersonId;
  identity: IdentityHead = { n: -1, h: ZERO_HASH };
  owner!: Awaited<ReturnType<CirclesStage['account']>>;
  team: Team | null = null;
  private counter = 0;
  private readonly nextId: () => EntryId;

  constructor(readonly stage: CirclesStage) {
    this.device = hash(deviceIdHashed(this.signing.publicKey, this.sealing.publicKey)) as never;
    this.nextId = entryIds(() => stage.clock.now());
  }

  get origin(): Origin {
    return this.stage.config.publicOrigin as Origin;
  }

  static async enrol(stage: CirclesStage): Promise<Writer> {
    const writer = new Writer(stage);
    writer.owner = await stage.account();
    const sent = writer.genesis();
    await stage.database.transaction((on) => stage.server.identities.open(on, writer.owner, sent));
    return writer;
  }

  get submitter() {
    return { ...this.owner, person: this.person, professions: [] };
  }

  /** Genesis and first person key, sealed to the one device. */
  genesis() {
    const first = this.statement(this.deviceAdded(), { possession: true, operator: true });
    this.person = hash(personIdHashed(first.text)) as never;
    return this.rotation(1, 'genesis', [first]);
  }

  deviceAdded(): IdentityPayload {
    const { publicKey: signingKey } = this.signing;
    const { publicKey: sealingKey } = this.sealing;
    return {
      kind: 'device.added',
      keys: { device: this.device, signingKey, sealingKey, kind: 'durable' },
    };
  }

  rotation(generation: number, reason: 'genesis' | 'device-revoked', before: WireStatement[]) {
    const context = {
      owner: this.person,
      number: generation,
      commitment: this.keys.keyHash,
      prev: this.identity.h,
    };
    const copy = sealCopy(this.keys.secret, this.sealing.publicKey, context);
    const rotated = this.statement({
      kind: 'person-key.rotated',
      generation,
      publicKey: this.keys.sealing.publicKey,
      reason,
      copiesRoot: copiesRoot([{ recipient: this.device, copy }]),
      previous: null,
    });
    const copies = [{ generation, recipient: this.device, copy }];
    return { statements: [...before, rotated], copies };
  }

  /** The next statement of this log; the log's head moves with it. */
  statement(
    payload: IdentityPayload,
    more: { possession?: boolean; operator?: boolean; changes?: Record<string, unknown> } = {},
  ): WireStatement {
    const n = this.identity.n + 1;
    const text = canonical({
      v: 1,
      suite: 1,
      origin: this.origin,
      person: n === 0 ? '' : this.person,
      n,
      prev: this.identity.h,
      at: this.stage.clock.now(),
      signer: this.device,
      payload,
      ...more.changes,
    });
    const { secretKey } = this.signing;
    const signature = sign(secretKey, identitySigned(this.origin, text));
    const possession =
      more.possession === true ? sign(secretKey, possessionSigned(this.origin, text)) : null;
    const own = hash(identityHashed(text, signature));
    this.identity = { n, h: own };
    const attestation = more.operator === true ? this.operatorAttests(own) : null;
    return { text, signature, possession, attestation };
  }

  private operatorAttests(genesis: Hash) {
    const proof = this.stage.server.logKey.sign(invitationProofSigned(this.origin, genesis));
    return { type: 'operator' as const, proof: toBase64Url(proof) as never };
  }

  /** Itself as a recipient of an epoch. */
  async recipient(): Promise<Recipient> {
    const { publicKey: key } = this.keys.sealing;
    const head = { k: this.identity.n, h: this.identity.h };
    const pin = { member: personMember(this.person), keyHash: keyHash(key), generation: 1, head };
    return { pin, key };
  }

  /** A team as a recipient of an epoch, as the server has it now. */
  async teamRecipient({ circle, key }: Team): Promise<Recipient> {
    const { members, epoch } = await this.stage.head(circle);
    const pin = {
      member: teamMember(circle),
      keyHash: keyHash(key),
      generation: epoch,
      head: members,
    };
    return { pin, key };
  }

  /** An item on the present heads, or on those given in `changes`. */
  async item(
    circle: CircleId | '',
    kind: string,
    facts: Record<string, unknown>,
    { body, ...changes }: Changes & { body?: Uint8Array | null } = {},
  ): Promise<NewItem> {
    const now = circle === '' ? null : await this.stage.head(circle);
    const sealed = body === undefined ? null : body;
    const team = this.team && {
      circle: this.team.circle,
      head: (await this.stage.head(this.team.circle)).members,
    };
    const text = canonical({
      v: 1,
      suite: 1,
      origin: this.origin,
      circle,
      kind,
      kv: 1,
      critical: sealed === null,
      id: this.nextId(),
      author: this.person,
      device: this.device,
      inc: 1,
      n: this.counter++,
      as: 'other',
      team,
      seen: now ? { k: now.k, h: now.h } : EMPTY_HEAD,
      members: now?.members ?? EMPTY_HEAD,
      epoch: now?.epoch ?? 0,
      identity: this.identity,
      checkpoint: null,
      at: this.stage.clock.now(),
      facts,
      body: sealed && hash(bodyHashed(sealed)),
      ...changes,
    });
    return this.signed(text, sealed);
  }

  signed(text: string, body: Uint8Array | null, secret = this.signing.secretKey): NewItem {
    const signature = sign(secret, itemSigned(this.origin, text));
    return { text, signature, body: body && (toBase64Url(body) as never) };
  }

  message(circle: CircleId, changes: Changes & { body?: Uint8Array | null } = {}) {
    const facts = { mentions: [], replyTo: null, attachments: [] };
    return this.item(circle, 'message.posted', facts, { body: randomBytes(600), ...changes });
  }

  spec(member: MemberId, more: Partial<MemberSpec> = {}): MemberSpec {
    return { member, role: 'writer', until: null, historyFrom: 0, ...more };
  }

  epoch(circle: CircleId, number: number, because: string, recipients: Recipient[], before: Head) {
    const made = deriveEpoch(newEpochSecret());
    const context = {
      owner: circle,
      number,
      commitment: made.commitment,
      prev: before.h,
    };
    const copies = recipients.map(({ pin, key }) => ({
      member: pin.member,
      copy: sealCopy(made.secret, key, context),
    }));
    const facts = {
      epoch: number,
      commitment: made.commitment,
      publicKey: made.sealing.publicKey,
      recipients: recipients.map(({ pin }) => pin),
      because,
      backlinks: [],
      copiesRoot: copiesRoot(copies.map(({ member, copy }) => ({ recipient: member, copy }))),
    };
    return { facts, copies, made };
  }

  /** `circle.created` and its first epoch, in one submission. */
  async created(
    kind: string,
    community: CircleId | null,
    others: readonly MemberSpec[],
    recipients: Recipient[],
  ): Promise<{ circle: CircleId; items: NewItem[]; key: SealingKey }> {
    const own = this.team ? teamMember(this.team.circle) : personMember(this.person);
    const created = await this.item('', 'circle.created', {
      community,
      kind,
      salt: randomText(),
      finess: null,
      nameHash: null,
      stewards: [],
      members: [this.spec(own, { role: 'admin' }), ...others],
      policy: POLICY,
      linked: null,
    });
    const circle = hash(circleIdHashed(created.text)) as string as CircleId;
    const head = { k: 0, h: chainAfter(ZERO_HASH, 0, created) };
    const { facts, copies, made } = this.epoch(circle, 1, 'first', recipients, head);
    const heads = { circle, seen: head, members: head };
    const opened = await this.item('', 'epoch.opened', facts, heads);
    return {
      circle,
      items: [created, { ...opened, copies }],
      key: made.sealing.publicKey,
    };
  }

  async create(
    kind: string,
    community: CircleId | null,
    people: readonly Writer[] = [],
    teams: readonly Team[] = [],
  ): Promise<Team> {
    const own = this.team ? await this.teamRecipient(this.team) : await this.recipient();
    const recipients = [
      own,
      ...(await Promise.all(people.map((person) => person.recipient()))),
      ...(await Promise.all(teams.map((team) => this.teamRecipient(team)))),
    ];
    const others = recipients.slice(1).map(({ pin }) => this.spec(pin.member));
    const { circle, items, key } = await this.created(kind, community, others, recipients);
    await this.submit(...items);
    return { circle, key };
  }

  /** `member.removed` of somebody else, with the epoch that shuts them out. */
  async removal(
    circle: CircleId,
    member: MemberId,
    rest: Recipient[],
    last: Hash,
  ): Promise<NewItem> {
    const now = await this.stage.head(circle);
    const { facts, copies } = this.epoch(circle, now.epoch + 1, 'member-removed', rest, now);
    const backlinks = [
      { epoch: now.epoch, commitment: last, sealed: toBase64Url(randomBytes(72)) },
    ];
    const next = { ...facts, backlinks };
    return { ...(await this.item(circle, 'member.removed', { member, next })), copies };
  }

  /** `member.added` with the newcomer's copy. */
  async addition(
    circle: CircleId,
    who: Recipient,
    more: Partial<MemberSpec> = {},
  ): Promise<NewItem> {
    const copy = sealCopy(newEpochSecret(), who.key, {
      owner: circle,
      number: 1,
      commitment: ZERO_HASH,
      prev: ZERO_HASH,
    });
    const { member } = who.pin;
    const copyHash = copiesRoot([{ recipient: member, copy }]);
    const facts = { spec: this.spec(member, more), pin: who.pin, copyHash };
    return { ...(await this.item(circle, 'member.added', facts)), copies: [{ member, copy }] };
  }

  submit(...items: NewItem[]) {
    return this.stage.server.submissions.submit(this.submitter, items, null);
  }
}

/** The chain hash after an item. */
export function chainAfter(previous: Hash, k: number, item: NewItem): Hash {
  return hash(chainHashed(previous, k, hash(itemHashed(item.text, item.signature))));
}

/** Another device's signing key, for forgeries. */
export const strangersKey = (): Uint8Array => signingPairFromSeed(random32()).secretKey;
