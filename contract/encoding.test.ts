/** Canonical text, framing and base64url: one value has one text, and no two lists share bytes. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareBytes, fromBase64Url, sameBytes, toBase64Url, u64, utf8 } from './bytes.js';
import { canonical, DOMAINS, framed, parseCanonical } from './encoding.js';
import { Hash, memberRef, personMember, SealedCopy, Signature } from './ids.js';
import { LIMITS } from './limits.js';

const text = fc.string({ unit: 'grapheme' });
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

describe('canonical text', () => {
  test('says its value and is the only text that does', () => {
    fc.assert(
      fc.property(value, (one) => {
        const said = canonical(one);
        expect(canonical(parseCanonical(said))).toBe(said);
        expect(JSON.parse(said)).toEqual(JSON.parse(JSON.stringify(one)));
      }),
    );
  });

  test('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(text, fc.boolean(), { noNullPrototype: true }), (one) => {
        const turned = Object.fromEntries(Object.entries(one).reverse());
        expect(canonical(turned)).toBe(canonical(one));
      }),
    );
  });

  test('refuses any other spelling', () => {
    fc.assert(
      fc.property(value, fc.nat(), (one, at) => {
        const said = canonical(one);
        const spaced = `${said.slice(0, at % said.length)} ${said.slice(at % said.length)}`;
        expect(() => {
          // A space within a text makes another value, which has its own canonical text.
          if (canonical(JSON.parse(spaced)) === spaced) throw new TypeError('another value');
          parseCanonical(spaced);
        }).toThrow();
      }),
    );
  });

  test.each([
    ['a half', 0.5],
    ['minus zero', -0],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a number beyond the safe ones', 2 ** 53],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate as key', { '\udc00': 1 }],
    ['a function', () => 1],
    ['a big integer', 1n],
    ['nothing', undefined],
  ])('has no form for %s', (_, bad) => {
    expect(() => canonical(bad)).toThrow(TypeError);
    expect(() => canonical([bad])).toThrow(TypeError);
  });

  test('is judged alike by the quick look and by the writer', () => {
    const depth = LIMITS.canonicalDepth.value;
    const nested = (levels: number): string => '['.repeat(levels) + '1' + ']'.repeat(levels);
    const hostile = fc.constantFrom(
      '"\\ud800"',
      '"\ud800"',
      '"\\u0041"',
      '{"10":1,"9":1}',
      '{"9":1,"10":1}',
      '{"b":1,"a":1}',
      '{"a":1,"a":1}',
      '-0',
      '1.0',
      '1e3',
      '9007199254740993',
      nested(depth - 1),
      nested(depth),
      nested(depth + 1),
    );
    const texts = fc.oneof(hostile, value.map(canonical), fc.json());
    const written = (said: string): boolean => {
      try {
        return canonical(JSON.parse(said)) === said;
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
        return false;
      }
    };
    fc.assert(
      fc.property(texts, (said) => {
        if (written(said)) expect(canonical(parseCanonical(said))).toBe(said);
        else expect(() => parseCanonical(said)).toThrow(TypeError);
      }),
      { numRuns: 1_000 },
    );
  });

  test('leaves out what is undefined, and bears no bomb', () => {
    expect(canonical({ a: undefined, b: 1 })).toBe('{"b":1}');
    const deep =
      '['.repeat(LIMITS.canonicalDepth.value + 2) + ']'.repeat(LIMITS.canonicalDepth.value + 2);
    expect(() => parseCanonical(deep)).toThrow(TypeError);
    expect(() => parseCanonical('{"__proto__":1}')).not.toThrow();
  });
});

describe('framing', () => {
  const parts = fc.array(fc.uint8Array({ maxLength: 6 }), { maxLength: 4 });

  test('gives different lists different bytes', () => {
    fc.assert(
      fc.property(parts, parts, fc.constantFrom(...DOMAINS), (a, b, domain) => {
        const same = a.length === b.length && a.every((part, i) => sameBytes(part, b[i]!));
        expect(sameBytes(framed(domain, ...a), framed(domain, ...b))).toBe(same);
      }),
      { numRuns: 500 },
    );
  });

  test('gives different domains different bytes, each named once', () => {
    expect(new Set(DOMAINS).size).toBe(DOMAINS.length);
    expect(sameBytes(framed('liaison/1/item'), framed('liaison/1/chain'))).toBe(false);
  });
});

describe('base64url', () => {
  test('is one text for each byte string, and the other way round', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300, size: 'max' }), (bytes) => {
        expect(sameBytes(fromBase64Url(toBase64Url(bytes)), bytes)).toBe(true);
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      }),
    );
    const letters = fc.string({
      unit: fc.constantFrom('A', 'B', 'a', 'b', '0', '1', '-', '_'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(letters, (said) => {
        const read = ((): Uint8Array | null => {
          try {
            return fromBase64Url(said);
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
            return null;
          }
        })();
        if (read !== null) expect(toBase64Url(read)).toBe(said);
      }),
    );
  });

  test.each([
    'A',
    'AB',
    'A=',
    'AA==',
    '+A',
    '/A',
    'A A',
    'é',
    'éAAA',
    'AAAé',
    'AĀAA',
    'AA\uff21A',
    'AéA',
  ])('refuses %j', (bad) => {
    expect(() => fromBase64Url(bad)).toThrow(RangeError);
    // Long texts are read in another way.
    expect(() => fromBase64Url('A'.repeat(400) + bad)).toThrow(RangeError);
  });

  test('ids take exactly the texts of their size', () => {
    const sizes = [
      [Hash, 32],
      [Signature, 64],
      [SealedCopy, 1168],
    ] as const;
    for (const [schema, size] of sizes) {
      const said = toBase64Url(new Uint8Array(size).fill(0xff));
      expect(schema.safeParse(said).success).toBe(true);
      for (const off of [size - 1, size + 1]) {
        expect(schema.safeParse(toBase64Url(new Uint8Array(off))).success).toBe(false);
      }
    }
    const spare = `${'A'.repeat(42)}B`;
    expect(Hash.safeParse(spare).success).toBe(false);
  });
});

describe('bytes', () => {
  test('order as their texts in hexadecimal do', () => {
    const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
        const order = hex(a) < hex(b) ? -1 : Number(hex(a) > hex(b));
        expect(Math.sign(compareBytes(a, b))).toBe(order);
      }),
    );
  });

  test('of integers and texts are what they always were', () => {
    expect(toBase64Url(u64(Number.MAX_SAFE_INTEGER))).toBe('AB________8');
    expect([...utf8('é')]).toEqual([0xc3, 0xa9]);
    const person = Hash.parse('A'.repeat(43)) as string as Parameters<typeof personMember>[0];
    expect(memberRef(personMember(person))).toEqual({ type: 'person', person });
  });
});
