/**
 * French puts a space before two-part marks and inside guillemets, and never breaks a line there.
 * The catalogue is written with plain spaces, which people can see and search; what is shown gets
 * the right ones here, once for all words.
 */
const NO_BREAK = '\u00a0';

function typesetText(text: string): string {
  return text.replace(/ (?=[:;?!»%](?:\s|$|[.,)]))/gu, NO_BREAK).replace(/« /gu, `«${NO_BREAK}`);
}

/** The same words, whatever their shape: texts, functions that make them, lists, groups of them. */
export function typeset<T>(words: T): T {
  return typesetAny(words) as T;
}

function typesetAny(words: unknown): unknown {
  if (typeof words === 'string') return typesetText(words);
  if (typeof words === 'function') {
    return (...values: unknown[]) =>
      typesetAny((words as (...all: unknown[]) => unknown)(...values));
  }
  if (Array.isArray(words)) return words.map(typesetAny);
  if (words === null || typeof words !== 'object') return words;
  return Object.fromEntries(Object.entries(words).map(([key, one]) => [key, typesetAny(one)]));
}
