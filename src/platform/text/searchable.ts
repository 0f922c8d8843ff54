/**
 * The form in which names are stored and asked for in searches: no case, no accents, no marks.
 * « LEFÈVRE-Petit » and « lefevre petit » are the same words.
 */
export function searchable(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
