/** French words of patients who are known on this device. */
import { fr } from '../plural.js';

export const patients = {
  known: 'Déjà sur cet appareil',
  take: (name: string, born: string) => `Reprendre ${name}, ${born}`,
  count: (n: number) => fr(n, 'transmission'),
  taken: 'Identité reprise : vérifiez-la avec le patient.',
};
