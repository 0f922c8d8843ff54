/** Structures in capitals are shown as people write them. */
import { expect, test } from '@jest/globals';
import { readable } from './readable.js';

test.each([
  ['CH DE LAON', 'CH de Laon'],
  ['CABINET DU DR PETIT', 'Cabinet du Dr Petit'],
  ['PHARMACIE DE L’HÔTEL-DIEU', 'Pharmacie de l’Hôtel-Dieu'],
  ['EHPAD LES TILLEULS', 'EHPAD les Tilleuls'],
  ['SELARL PHARMACIE D’ARGENT', 'SELARL Pharmacie d’Argent'],
  ['HOPITAL JEAN XXIII', 'Hopital Jean XXIII'],
  ['Cabinet IDEL des Remparts', 'Cabinet IDEL des Remparts'],
  ['', ''],
])('%s → %s', (name, written) => {
  expect(readable(name)).toBe(written);
});
