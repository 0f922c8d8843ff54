/** What is read by sight is what careful reading says, however a text is bent. */
import { expect, test } from '@jest/globals';
import { canonical, parseCanonical } from '@liaison/contract/encoding';
import { ItemHeader } from '@liaison/contract/item';
import { OwnFunction } from '@liaison/contract/profession';
import { LIMITS } from '@liaison/contract/limits';
import fc from 'fast-check';
import { orNull } from '../crypto/aead.js';
import { ordinaryHeader } from './ordinary-header.js';

const base64 = (size: number) =>
  fc
    .uint8Array({ minLength: size, maxLength: size })
    .map((bytes) => Buffer.from(bytes).toString('base64url'));
const hash = base64(32);
const count = fc.oneof(
  { weight: 30, arbitrary: fc.nat() },
  { weight: 1, arbitrary: fc.maxSafeInteger().map(Math.abs) },
);
const head = fc.record({ k: fc.integer({ min: -1 }), h: hash });
const signedHead = fc.record({ size: count, root: hash, signature: base64(64) });
const orNone = <T>(one: fc.Arbitrary<T>) => fc.option(one);

const header = fc.record({
  ...{ v: fc.constant(1), suite: fc.constant(1), kv: fc.integer({ min: 1 }) },
  origin: fc.constantFrom('http://localhost:3000', 'https://liaison.example.fr'),
  circle: fc.oneof(hash, fc.constant('')),
  kind: fc.constantFrom('message.posted', 'member.removed', 'a-b.c-d'),
  critical: fc.boolean(),
  id: fc.constant('01a2188d-8d7b-7511-978f-724ab470f7b1'),
  ...{ author: hash, device: hash, inc: count, n: count, at: count, epoch: count },
  as: fc.constantFrom('10', '92', '210', 'locum', ...OwnFunction.options),
  team: orNone(fc.record({ circle: hash, head })),
  ...{ seen: head, members: head, identity: fc.record({ n: fc.integer({ min: -1 }), h: hash }) },
  checkpoint: orNone(fc.record({ identities: orNone(signedHead), records: orNone(signedHead) })),
  facts: fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false }).filter(isWhole)),
  body: orNone(hash),
});

/** Canonical text says no fractions and no broken letters. */
function isWhole(value: unknown): boolean {
  return orNull(() => canonical(value)) !== null;
}

const carefully = (text: string): ItemHeader | null =>
  orNull(() => ItemHeader.parse(parseCanonical(text)));

/** Either it is not known by sight, or it says the same. */
function agrees(text: string): void {
  const read = ordinaryHeader(text);
  if (read !== null) expect(read).toEqual(carefully(text));
}

test('a header reads the same by sight and with care', () => {
  let known = 0;
  fc.assert(
    fc.property(header, (one) => {
      const text = orNull(() => canonical(one));
      if (text === null) return;
      agrees(text);
      if (ordinaryHeader(text) !== null) known += 1;
    }),
    { numRuns: 200 },
  );
  expect(known).toBeGreaterThan(100);
});

test('a bent text is never taken for what careful reading would not', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 3 }),
    fc.constantFrom('{', '}', '"', ',', '},"id":', ',"x":1', ',"facts":{}', '__proto__', '-1', ' '),
  );
  fc.assert(
    fc.property(header, fc.nat(), fc.nat({ max: 4 }), piece, (one, at, gone, put) => {
      const text = orNull(() => canonical(one));
      if (text === null) return;
      const place = at % text.length;
      agrees(text.slice(0, place) + put + text.slice(place + gone));
    }),
    { numRuns: 500 },
  );
});

test('facts hide no field beside them, and nest no deeper than elsewhere', () => {
  const [plain] = fc.sample(header, { numRuns: 1, seed: 1 });
  const text = canonical({ ...plain, facts: { x: 1 } });
  expect(ordinaryHeader(text)).not.toBeNull();
  expect(ordinaryHeader(text.replace('{"x":1}', '{"x":1},"gone":{"y":2}'))).toBeNull();
  expect(ordinaryHeader(text.replace('{"x":1}', '{"y":1,"x":2}'))).toBeNull();
  expect(ordinaryHeader(text.replace('{"x":1}', '{"x":1.5}'))).toBeNull();
  const deep = (levels: number) => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);
  const most = LIMITS.canonicalDepth.value - 1;
  for (const levels of [most - 1, most, most + 1]) {
    const said = text.replace('{"x":1}', deep(levels));
    expect(ordinaryHeader(said) === null).toBe(carefully(said) === null);
  }
});
