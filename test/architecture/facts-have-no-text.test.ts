/** What the server sees of an entry has no place for words: no name, no letter, no prose. */
import { ENTRY_KINDS } from '@liaison/contract/entry-kinds';
import { Instant, PersonId } from '@liaison/contract/ids';
import { z } from 'zod';
import { freeTextIn } from './free-text.js';

describe('facts have no free text', () => {
  const kinds = Object.entries(ENTRY_KINDS);

  test('the table of kinds is not empty', () => {
    expect(kinds.length).toBeGreaterThan(0);
  });

  test.each(kinds)('%s', (name, kind) => {
    expect(freeTextIn(kind.facts, name)).toEqual([]);
  });

  const words: readonly (readonly [string, z.ZodType])[] = [
    ['a text', z.string()],
    ['a bounded text', z.string().min(1).max(20)],
    ['a text with a form that takes words', z.string().regex(/^[A-Za-z]+$/)],
    ['a text with a form that takes anything', z.string().regex(/.*/)],
    ['base64url of any length', z.base64url()],
    ['anything', z.any()],
    ['something unknown', z.unknown()],
    ['a record with free keys', z.record(z.string(), z.int())],
    ['a record with free values', z.record(z.enum(['one']), z.string())],
    ['a text in an object', z.strictObject({ reason: z.strictObject({ words: z.string() }) })],
    ['a loose object', z.looseObject({ at: Instant })],
    ['a text in a list', z.array(z.string())],
    ['a text in a pair', z.tuple([z.int(), z.string()])],
    ['a text in a tail', z.tuple([z.int()], z.string())],
    ['a text in a union', z.union([z.literal('no'), z.string()])],
    [
      'a text in a union by kind',
      z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('a'), words: z.string() })]),
    ],
    ['a text in an intersection', z.intersection(z.object({}), z.object({ words: z.string() }))],
    ['an optional text', z.strictObject({ words: z.string().optional() })],
    ['a nullable text', z.string().nullable()],
    ['a text with a default', z.string().default('none')],
    ['a read-only text', z.string().readonly()],
    ['a branded text', z.string().brand('Words')],
    ['a lazy text', z.lazy(() => z.string())],
    ['a transformed text', z.string().transform((text) => text.length)],
    ['a piped text', z.string().pipe(z.coerce.number())],
    ['a caught text', z.string().catch('none')],
    ['a template of words', z.templateLiteral(['reason: ', z.string()])],
    ['a custom type', z.custom()],
    ['a date', z.date()],
    ['a number with decimals', z.number()],
    ['a map', z.map(PersonId, z.string())],
  ];

  test.each(words)('the walk refuses %s', (_name, schema) => {
    expect(freeTextIn(schema, 'probe')).not.toEqual([]);
  });

  test('the walk lets ids, enums, instants, integers and booleans pass', () => {
    const facts = z.strictObject({
      to: z.array(PersonId).max(3),
      answer: z.enum(['accepted', 'declined']).optional(),
      due: Instant.nullable(),
      count: z.int().min(0),
      done: z.boolean(),
      by: z.union([z.literal('nurse'), z.null()]),
    });
    expect(freeTextIn(facts, 'probe')).toEqual([]);
  });
});
