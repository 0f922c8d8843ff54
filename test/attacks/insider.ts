/**
 * An insider: somebody with a real device who writes what the SDK would never let them write. Their
 * keys and what they know come from the store of their own client; every signature is genuine.
 */
import { toBase64Url } from '@liaison/contract/bytes';
import { isStatementKind, type StatementKind } from '@liaison/contract/circle';
import type { CircleState } from '@liaison/contract/circle-rules';
import { canonical } from '@liaison/contract/encoding';
import {
  type CircleId,
  type Hash,
  type MemberId,
  memberRef,
  type Origin,
  personMember,
  type SealedBytes,
  type SealingKey,
} from '@liaison/contract/ids';
import type { IdentityHead, WireStatement } from '@liaison/contract/identity';
import type { Head, ItemHeader, NewItem } from '@liaison/contract/item';
import { identityHashed, itemSigned } from '@liaison/contract/signing';
import { Api } from '@liaison/sdk/api';
import { Changes } from '@liaison/sdk/changes';
import { type Book, readBook } from '@liaison/sdk/circles/circle.book';
import { bodyHash } from '@liaison/sdk/crypto/body';
import type { EpochKeys } from '@liaison/sdk/crypto/epoch';
import { hash } from '@liaison/sdk/crypto/hash';
import { entryIds } from '@liaison/sdk/crypto/random';
import { keyHash } from '@liaison/sdk/crypto/sealing';
import { sign } from '@liaison/sdk/crypto/signing';
import { Reach } from '@liaison/sdk/reach';
import { headAfter } from '@liaison/sdk/logs/circle-history';
import {
  type Author,
  buildItem,
  buildMembershipStatement,
  placeIn,
  type Recipient,
} from '@liaison/sdk/logs/circle-items';
import { Vault } from '@liaison/sdk/vault';
import type { Player } from '../support/world.js';

/** What is wrong with an item, beside what an honest one says. */
export interface Forgery {
  readonly kind?: string;
  readonly kv?: number;
  readonly critical?: boolean;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** No body at all. */
  readonly noBody?: boolean;
  /** Sealed bytes to stand for the body, named by the header. */
  readonly sealed?: SealedBytes;
  /** Changes of the header before it is signed. */
  readonly header?: (header: ItemHeader) => object;
  /** Signs instead of the insider's device. */
  readonly signer?: Uint8Array;
  /** Counter in steps after the last one used here. */
  readonly step?: number;
  readonly copies?: NewItem['copies'];
  /** Keys that the body is sealed with, where they are not those of the epoch in force. */
  readonly keys?: EpochKeys;
  /** Head before it, where it follows another forged item. */
  readonly after?: Head;
  readonly as?: MemberId;
  /** Whose knowledge of the circle it is written on, where the insider has been put out. */
  readonly knownBy?: Insider;
  readonly at?: number;
}

export interface Forged {
  readonly item: NewItem;
  readonly header: ItemHeader;
  readonly head: Head;
}

const newId = entryIds(Date.now);
const EMPTY_FACTS = { mentions: [], replyTo: null, attachments: [] };

export class Insider {
  private constructor(
    readonly player: Player,
    readonly origin: Origin,
    readonly vault: Vault,
  ) {}

  static async of(player: Player, origin: string): Promise<Insider> {
    const { store, http } = player;
    const api = new Api(http);
    const changes = new Changes();
    const ground = {
      origin: origin as Origin,
      api,
      store,
      changes,
      reach: new Reach(changes, Date.now),
      clock: Date.now,
      aside: (work: Promise<unknown>): void => void work,
    };
    const vault = new Vault(ground);
    await vault.open();
    return new Insider(player, ground.origin, vault);
  }

  book(circle: CircleId): Promise<Book> {
    return readBook(this.player.store, circle, this.origin);
  }

  async state(circle: CircleId): Promise<CircleState> {
    const { state } = await this.book(circle);
    if (state === null) throw new Error('The insider does not know that circle.');
    return state;
  }

  /** Keys of the epoch in force. */
  async keys(circle: CircleId): Promise<EpochKeys> {
    const state = await this.state(circle);
    const keys = await this.vault.epoch(circle, state.epoch?.epoch ?? 0);
    if (keys === null) throw new Error('The insider has no keys there.');
    return keys;
  }

  /** Statements of the insider's own identity log, as kept. */
  async statements(): Promise<WireStatement[]> {
    const { store, person } = this.player;
    return (await store.get<WireStatement[]>('people', person)) ?? [];
  }

  async statementHashes(): Promise<Hash[]> {
    const statements = await this.statements();
    return statements.map(({ text, signature }) => hash(identityHashed(text, signature)));
  }

  async identity(): Promise<IdentityHead> {
    const hashes = await this.statementHashes();
    const h = hashes.at(-1);
    if (h === undefined) throw new Error('The insider has no log.');
    return { n: hashes.length - 1, h };
  }

  async author(circle: CircleId, as?: MemberId, knower: Insider = this): Promise<Author> {
    const { device, signing, inc } = this.vault.device();
    const state = await knower.state(circle);
    const own = personMember(this.player.person);
    const member = as ?? [this.player.team, own].find((one) => state.members.has(one)) ?? own;
    const ref = memberRef(member);
    const head = ref.type === 'team' ? (await this.state(ref.team)).membersHead : null;
    return {
      origin: this.origin,
      person: this.player.person,
      device,
      secretKey: signing.secretKey,
      inc,
      as: 'other',
      team: ref.type === 'team' && head !== null ? { circle: ref.team, head } : null,
      identity: await this.identity(),
      checkpoint: null,
    };
  }

  /** The next item of a circle: a message unless told otherwise, with what is wrong with it. */
  async forge(circle: CircleId, wrong: Forgery = {}): Promise<Forged> {
    const knower = wrong.knownBy ?? this;
    const author = await this.author(circle, wrong.as, knower);
    const book = await knower.book(circle);
    const head = wrong.after ?? book.head;
    const place = placeIn(await knower.state(circle), head);
    const n = book.replay.history.lastCounter(author) + (wrong.step ?? 1);
    const stamp = { id: newId(), n, at: wrong.at ?? Date.now() };
    const { kind = 'message.posted', kv = 1, critical = false, copies } = wrong;
    if (isStatementKind(kind)) {
      const facts = wrong.facts as never;
      const of: StatementKind = kind;
      const built = buildMembershipStatement(author, place, stamp, of, facts, copies);
      return this.resign(built.item, built.header, head, wrong);
    }
    const { facts = EMPTY_FACTS, body = { text: 'faux', attachments: [] } } = wrong;
    const draft = { kind, kv, critical, facts, body };
    const keys = wrong.keys ?? (await knower.keys(circle));
    const built = buildItem(author, place, stamp, draft, keys);
    return this.resign(built.item, built.header, head, wrong);
  }

  /** Signs an item again, with another header or by another key. */
  resign(item: NewItem, before: ItemHeader, after: Head, wrong: Forgery): Forged {
    const body = wrong.noBody === true ? null : (wrong.sealed ?? item.body);
    const named = wrong.sealed === undefined ? {} : { body: bodyHash(bytesOf(wrong.sealed)) };
    const header = { ...before, ...named, ...wrong.header?.(before) } as ItemHeader;
    const text = canonical(header);
    const secret = wrong.signer ?? this.vault.device().signing.secretKey;
    const signature = sign(secret, itemSigned(header.origin, text));
    return {
      item: { ...item, text, signature, body },
      header,
      head: headAfter(after, text, signature),
    };
  }

  /** The insider's team, or themselves, as a recipient of an epoch. */
  async teamRecipient(): Promise<Recipient> {
    const state = await this.state(this.player.teamId);
    if (state.epoch === null) throw new Error('The team has no key.');
    const key = state.epoch.publicKey as SealingKey;
    const { membersHead: head } = state;
    const { team: member } = this.player;
    return { key, pin: { member, keyHash: keyHash(key), generation: state.epoch.epoch, head } };
  }
}

function bytesOf(text: SealedBytes): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64url'));
}

/** Other sealed bytes of the same length as a body. */
export function otherBytes(length: number): SealedBytes {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(length))) as SealedBytes;
}
