/**
 * Reads a submitted item and checks all that needs no database: form, size, origin, clock,
 * body hash, sealed copies. What comes out is safe to judge; nothing here knows a circle's state.
 */
import { isStatementKind } from '@liaison/contract/circle';
import { parseCanonical } from '@liaison/contract/encoding';
import { findEntryKind } from '@liaison/contract/entry-kinds';
import { Problem } from '@liaison/contract/errors';
import type { CircleId, Hash, Origin, PersonId, Signature } from '@liaison/contract/ids';
import { ItemHeader, type NewItem } from '@liaison/contract/item';
import { LIMITS } from '@liaison/contract/limits';
import { bodyHashed, circleIdHashed, itemHashed } from '@liaison/contract/signing';
import { hash } from '../platform/hash/blake.js';
import { checkCopies, type LeafCopy } from './epoch.copies.js';

export interface PreparedItem {
  readonly circle: CircleId;
  readonly header: ItemHeader;
  readonly text: string;
  readonly signature: Signature;
  readonly itemHash: Hash;
  readonly body: Buffer | null;
  readonly statement: boolean;
  readonly countable: boolean;
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
    statement: isStatementKind(header.kind),
    countable: findEntryKind(header.kind)?.countable ?? false,
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

function readBody(item: NewItem, header: ItemHeader): Buffer | null {
  if ((item.body === null) !== (header.body === null)) throw new Problem('body_mismatch');
  if (item.body === null) return null;
  // One text or another for the same bytes: the hash is over bytes, and they are served anew.
  const bytes = Buffer.from(item.body, 'base64url');
  if (bytes.length > LIMITS.bodyBytes.value) throw new Problem('request_too_large');
  if (hash(bodyHashed(bytes)) !== header.body) throw new Problem('body_mismatch');
  return bytes;
}
