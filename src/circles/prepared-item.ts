/**
 * Reads a submitted item and checks all that needs no database: form, size, origin, clock, kind,
 * body hash, sealed copies. What comes out is safe to judge; nothing here knows a circle's state.
 */
import { fromBase64Url } from '@liaison/contract/bytes';
import { isStatementKind } from '@liaison/contract/circle';
import { parseCanonical } from '@liaison/contract/encoding';
import { findEntryKind } from '@liaison/contract/entry-kinds';
import { ERRORS, type ErrorCode, Problem } from '@liaison/contract/errors';
import type { CircleId, Hash, Origin, PersonId, Signature } from '@liaison/contract/ids';
import { ItemHeader, type NewItem } from '@liaison/contract/item';
import { LIMITS } from '@liaison/contract/limits';
import { bodyHashed, circleIdHashed, itemHashed } from '@liaison/contract/signing';
import type { CircleKind } from '@liaison/contract/circle';
import { hash } from '../platform/hash/blake.js';
import { checkCopies, type LeafCopy } from './epoch.copies.js';

export interface PreparedItem {
  readonly circle: CircleId;
  readonly header: ItemHeader;
  readonly text: string;
  readonly signature: Signature;
  readonly itemHash: Hash;
  readonly body: Uint8Array | null;
  readonly statement: boolean;
  readonly countable: boolean;
  /** Kinds of circle where it may stand; null: any (statements). */
  readonly circles: readonly CircleKind[] | null;
  readonly copies: readonly LeafCopy[];
}

export interface Submitter {
  readonly origin: Origin;
  readonly person: PersonId;
  readonly now: number;
}

const invalid = (why: string): Problem => new Problem('item_invalid', why);

export function prepareItem(item: NewItem, submitter: Submitter): PreparedItem {
  const header = readHeader(item.text);
  if (header.origin !== submitter.origin) throw new Problem('origin_mismatch');
  if (header.at > submitter.now + LIMITS.clockSkewMs.value) throw new Problem('clock_skew');
  if (header.author !== submitter.person) throw new Problem('not_allowed', 'another author');
  const created = header.kind === 'circle.created';
  if (created !== (header.circle === '')) throw invalid('circle');
  const circle = created ? hash(circleIdHashed(item.text)) : header.circle;
  return {
    circle: circle as string as CircleId,
    header,
    text: item.text,
    signature: item.signature,
    itemHash: hash(itemHashed(item.text, item.signature)),
    body: readBody(item, header),
    copies: checkCopies(header, item.copies ?? []),
    ...kindOf(header),
  };
}

function readHeader(text: string): ItemHeader {
  let value: unknown;
  try {
    value = parseCanonical(text);
  } catch (error) {
    throw error instanceof TypeError ? invalid('not canonical') : error;
  }
  const parsed = ItemHeader.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(`header.${parsed.error.issues[0]?.path.map(String).join('.') ?? ''}`);
}

function readBody(item: NewItem, header: ItemHeader): Uint8Array | null {
  if ((item.body === null) !== (header.body === null)) throw new Problem('body_mismatch');
  if (item.body === null) return null;
  const bytes = readBytes(item.body);
  if (bytes.length > LIMITS.bodyBytes.value) throw new Problem('request_too_large');
  if (hash(bodyHashed(bytes)) !== header.body) throw new Problem('body_mismatch');
  return bytes;
}

function readBytes(text: string): Uint8Array {
  try {
    return fromBase64Url(text);
  } catch (error) {
    throw error instanceof RangeError ? new Problem('body_mismatch', 'not base64url') : error;
  }
}

type KindFacts = Pick<PreparedItem, 'statement' | 'countable' | 'circles'>;

/** The server takes only what it knows: a newer kind waits for a newer server. */
function kindOf(header: ItemHeader): KindFacts {
  if (isStatementKind(header.kind)) {
    if (header.kv !== 1 || !header.critical || header.body !== null) throw invalid('statement');
    return { statement: true, countable: false, circles: null };
  }
  const kind = findEntryKind(header.kind);
  if (kind === undefined || header.kv !== kind.version) throw invalid('kind');
  if (header.critical !== kind.critical) throw invalid('critical');
  const facts = kind.facts.safeParse(header.facts);
  if (!facts.success) throw refusedFacts(facts.error.issues.map(({ message }) => message));
  return { statement: false, countable: kind.countable, circles: kind.circles };
}

/** A schema may name a code of the error table as its message (an incomplete letter does). */
function refusedFacts(messages: readonly string[]): Problem {
  const code = messages.find((message): message is ErrorCode => Object.hasOwn(ERRORS, message));
  return code === undefined ? invalid('facts') : new Problem(code);
}
