/** English words of patients who are known on this device. */
import type { Words } from '../french.js';
import { en } from '../plural.js';

export const patients: Words['patients'] = {
  known: 'Already on this device',
  take: (name, born) => `Take ${name}, ${born}`,
  count: (n) => en(n, 'handover'),
  taken: 'Identity taken over: check it with the patient.',
};
