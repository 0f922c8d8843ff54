/** All attacks in one list, in the order in which the table prints them. */
import type { Attack } from './attack.js';
import { ENTRIES } from './entries.attacks.js';
import { EPOCHS } from './epochs.attacks.js';
import { FILES } from './files.attacks.js';
import { IDENTITIES } from './identity.attacks.js';
import { MEMBERSHIPS } from './membership.attacks.js';
import { NAMES } from './names.attacks.js';
import { PARSERS } from './parsers.attacks.js';
import { RECEIPTS } from './receipts.attacks.js';
import { TIMES } from './time.attacks.js';
import { TOKENS } from './tokens.attacks.js';
import { TREES } from './trees.attacks.js';

export const ATTACKS: readonly Attack[] = [
  ...ENTRIES,
  ...IDENTITIES,
  ...TOKENS,
  ...MEMBERSHIPS,
  ...EPOCHS,
  ...RECEIPTS,
  ...FILES,
  ...NAMES,
  ...PARSERS,
  ...TREES,
  ...TIMES,
];
