/**
 * What a word of a search may have meant, among the words that occur in the directory: itself, the
 * words that begin with it, and those that look like it. It reads words only, never people.
 */
import type { Transaction } from '../platform/database/database.js';

/** How sure it is that the word was meant: 2 for itself, 1 to 2 if begun, below 1 by its looks. */
export type Meant = ReadonlyMap<string, number>;

/** From here on the word is begun, or is itself. */
export const BEGUN = 1;

const BEGINNINGS = 40;
const LOOKALIKES = 12;
/** « nguien » still finds Nguyen, « petti » Petit; what resembles less comes later in the list. */
const LIKENESS = 0.3;
/** Two or three letters look like too much. */
const SHORTEST_ALIKE = 4;

const CANDIDATES = `
  SELECT asked.ordinal::int AS ordinal, found.word, found.weight
  FROM unnest($1::text[]) WITH ORDINALITY AS asked (word, ordinal) CROSS JOIN LATERAL (
    (SELECT d.word, 2::float8 AS weight FROM directory_words d WHERE d.word = asked.word)
    UNION ALL
    (SELECT d.word, 1 + length(asked.word)::float8 / length(d.word) FROM directory_words d
     WHERE d.word LIKE asked.word || '%' AND d.word <> asked.word
     ORDER BY d.rows DESC, d.word LIMIT ${BEGINNINGS})
    UNION ALL
    (SELECT d.word, similarity(d.word, asked.word)::float8 AS weight FROM directory_words d
     WHERE d.word % asked.word AND length(asked.word) >= ${SHORTEST_ALIKE}
       AND d.word NOT LIKE asked.word || '%'
     ORDER BY weight DESC, d.word LIMIT ${LOOKALIKES})
  ) found`;

/** One map for each word, in their order. `words` are searchable: letters and digits only. */
export async function candidatesOf(
  transaction: Transaction,
  words: readonly string[],
): Promise<Meant[]> {
  await transaction.query(`SET LOCAL pg_trgm.similarity_threshold = ${LIKENESS}`);
  const rows = await transaction.query<{ ordinal: number; word: string; weight: number }>(
    CANDIDATES,
    [words],
  );
  const found = words.map(() => new Map<string, number>());
  for (const { ordinal, word, weight } of rows) found[ordinal - 1]?.set(word, weight);
  return found;
}
