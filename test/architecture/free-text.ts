/**
 * Walks a zod schema and names each place where a person could write words. Facts are what the
 * server sees in clear: ids, enums, instants, integers and booleans, never text.
 */
import type { z } from 'zod';

/** What the walker reads of zod's own definition of a schema. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly catchall?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly items?: readonly z.core.$ZodType[];
  readonly rest?: z.core.$ZodType | null;
  readonly options?: readonly z.core.$ZodType[];
  readonly innerType?: z.core.$ZodType;
  readonly keyType?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly left?: z.core.$ZodType;
  readonly right?: z.core.$ZodType;
}

type Walk = (schema: z.core.$ZodType, at: string) => string[];

/** Words that a person could type, short and long: a text type that takes one of them is free. */
const WORDS = [
  'Durand',
  'durand',
  'M. Roux, 79 ans',
  'pansement',
  'AVK',
  'a',
  '',
  'chute-a-domicile',
  'plaie_du_pied_gauche',
  'Le patient refuse les soins depuis hier soir.',
];

/** A text is not free when it has a form, and that form refuses words. */
function walkText(schema: z.core.$ZodType, at: string): string[] {
  const taken = WORDS.filter((word) => 'safeParse' in schema && accepts(schema, word));
  return taken.length > 0 ? [`${at}: a text that takes words (${JSON.stringify(taken[0])})`] : [];
}

function accepts(schema: z.core.$ZodType, value: unknown): boolean {
  return (schema as z.ZodType).safeParse(value).success;
}

const definitionOf = (schema: z.core.$ZodType): Definition => schema._zod.def;

function all(schemas: readonly (z.core.$ZodType | null | undefined)[], at: string): string[] {
  return schemas.flatMap((schema) => (schema ? freeTextIn(schema, at) : []));
}

function walkObject(schema: z.core.$ZodType, at: string): string[] {
  const { shape = {}, catchall } = definitionOf(schema);
  const inside = Object.entries(shape).flatMap(([key, one]) => freeTextIn(one, `${at}.${key}`));
  return catchall ? [...inside, ...freeTextIn(catchall, `${at}.*`)] : inside;
}

function walkRecord(schema: z.core.$ZodType, at: string): string[] {
  const { keyType, valueType } = definitionOf(schema);
  return [...all([keyType], `${at}{key}`), ...all([valueType], `${at}{}`)];
}

const walkInner: Walk = (schema, at) => all([definitionOf(schema).innerType], at);
const nothing: Walk = () => [];

/** Every type of schema that may stand in facts. One that is not here is refused. */
const WALKS: Readonly<Record<string, Walk>> = {
  string: walkText,
  object: walkObject,
  record: walkRecord,
  array: (schema, at) => all([definitionOf(schema).element], `${at}[]`),
  tuple: (schema, at) => {
    const { items = [], rest } = definitionOf(schema);
    return all([...items, rest], `${at}[]`);
  },
  union: (schema, at) => all(definitionOf(schema).options ?? [], at),
  intersection: (schema, at) => {
    const { left, right } = definitionOf(schema);
    return all([left, right], at);
  },
  optional: walkInner,
  nonoptional: walkInner,
  nullable: walkInner,
  readonly: walkInner,
  default: walkInner,
  prefault: walkInner,
  enum: nothing,
  literal: nothing,
  boolean: nothing,
  int: nothing,
  null: nothing,
  undefined: nothing,
  never: nothing,
  number: (schema, at) =>
    accepts(schema, 0.5) ? [`${at}: a number that is no integer can carry anything`] : [],
};

/** One sentence for each place under `at` where text could stand. */
export function freeTextIn(schema: z.core.$ZodType, at: string): string[] {
  const { type } = definitionOf(schema);
  const walk = WALKS[type];
  return walk ? walk(schema, at) : [`${at}: a ${type} may hold text`];
}
