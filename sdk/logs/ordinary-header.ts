/**
 * Reads a header that is spelled as nearly all are, in one pass: its text is held against the one
 * spelling of an ordinary header, so what the platform parses out of it is canonical and in form.
 * It must never take what the contract's schema and canonical reading would not, or take it for
 * something else; whatever it does not know by sight goes to them.
 */
import { parseCanonical } from '@liaison/contract/encoding';
import { type ItemHeader } from '@liaison/contract/item';
import { PROFESSION_FORM } from '@liaison/contract/profession';
import { orNull } from '../crypto/aead.js';

const HASH = '[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]';
const UUID7 = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
/** Fifteen digits are a safe integer, whichever they are. */
const POSITIVE = '[1-9][0-9]{0,14}';
const COUNT = `(?:0|${POSITIVE})`;
const INDEX = `(?:-1|${COUNT})`;
const KIND = '(?=[^"]{1,40}")[a-z]+(?:-[a-z]+)*\\.[a-z]+(?:-[a-z]+)*';
const ORIGIN = 'https?://[a-z0-9.-]{1,253}(?::[0-9]{1,5})?';
const HEAD = `\\{"h":"${HASH}","k":${INDEX}\\}`;
const SIGNATURE = '[A-Za-z0-9_-]{85}[AQgw]';
const SIGNED_HEAD = `\\{"root":"${HASH}","signature":"${SIGNATURE}","size":${COUNT}\\}`;

const text = (form: string): string => `"${form}"`;
const orNone = (form: string): string => `(?:null|${form})`;

/** Every field in the order of canonical text. A post's lease is not among them. */
const FIELDS: readonly (readonly [keyof ItemHeader, string])[] = [
  ['as', text(PROFESSION_FORM)],
  ['at', COUNT],
  ['author', text(HASH)],
  ['body', orNone(text(HASH))],
  [
    'checkpoint',
    orNone(`\\{"identities":${orNone(SIGNED_HEAD)},"records":${orNone(SIGNED_HEAD)}\\}`),
  ],
  ['circle', text(`(?:${HASH})?`)],
  ['critical', '(?:true|false)'],
  ['device', text(HASH)],
  ['epoch', COUNT],
  ['facts', '(\\{.*\\})'],
  ['id', text(UUID7)],
  ['identity', `\\{"h":"${HASH}","n":${INDEX}\\}`],
  ['inc', COUNT],
  ['kind', text(KIND)],
  ['kv', POSITIVE],
  ['members', HEAD],
  ['n', COUNT],
  ['origin', text(ORIGIN)],
  ['seen', HEAD],
  ['suite', '1'],
  ['team', orNone(`\\{"circle":"${HASH}","head":${HEAD}\\}`)],
  ['v', '1'],
];
const ORDINARY = new RegExp(
  `^\\{${FIELDS.map(([name, form]) => `"${name}":${form}`).join(',')}\\}$`,
);

/** Facts are an object one level down. */
const FACTS_DEPTH = 1;

/** The header that the text says, or null where somebody must look closer. */
export function ordinaryHeader(said: string): ItemHeader | null {
  const facts = ORDINARY.exec(said)?.[1];
  // A schema leaves that name out; what is left out here must be left out there.
  if (facts === undefined || facts.includes('__proto__')) return null;
  // Canonical by itself, so it ends where it seems to, and what stands around it is the header's.
  if (orNull(() => parseCanonical(facts, FACTS_DEPTH)) === null) return null;
  return JSON.parse(said) as ItemHeader;
}
