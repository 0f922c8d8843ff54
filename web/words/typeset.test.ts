/** What is shown of the French catalogue never begins a line with a colon or a closing quote. */
import { expect, test } from '@jest/globals';
import { typeset } from './typeset.js';

test('a mark of two parts stays with its word, in texts and in what functions make', () => {
  const words = typeset({
    ask: 'Est-ce vous ? Oui : « moi ».',
    plain: 'à 15:05, sans espace',
    deep: { made: (name: string) => `Révoquer ${name} ?`, list: ['Attention !', 3] },
  });
  expect(words.ask).toBe('Est-ce vous\u00a0? Oui\u00a0: «\u00a0moi\u00a0».');
  expect(words.plain).toBe('à 15:05, sans espace');
  expect(words.deep.made('ce poste')).toBe('Révoquer ce poste\u00a0?');
  expect(words.deep.list).toEqual(['Attention\u00a0!', 3]);
});
