/** People are called as French health lists call them, whatever capitals the provider sends. */
import { expect, test } from '@jest/globals';
import { calledAs, calledName } from './person-name.js';

test('given names in small letters, family names in capitals', () => {
  expect(calledName('THOMAS', 'NGUYEN')).toBe('Thomas NGUYEN');
  expect(calledName('JEAN-PIERRE', 'de la Tour')).toBe('Jean-Pierre DE LA TOUR');
  expect(calledName('ÉLOÏSE', "D'ARC")).toBe("Éloïse D'ARC");
  expect(calledName('', 'NGUYEN')).toBe('NGUYEN');
});

test('one text is changed only where it shouts', () => {
  expect(calledAs('KARIM HADDAD')).toBe('Karim HADDAD');
  expect(calledAs('Léonie Fontaine')).toBe('Léonie Fontaine');
  expect(calledAs('CPAM')).toBe('CPAM');
});
