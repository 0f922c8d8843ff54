/** All attacks in one list, in the order in which the table prints them. */
import type { Attack } from './attack.js';
import { BEGINNINGS } from './beginnings.attacks.js';
import { BUILDS } from './builds.attacks.js';
import { CONTINUITIES } from './continuity.attacks.js';
import { ENTRIES } from './entries.attacks.js';
import { EPOCHS } from './epochs.attacks.js';
import { ERASURES } from './erasures.attacks.js';
import { FILES } from './files.attacks.js';
import { IDENTITIES } from './identity.attacks.js';
import { LAWS } from './laws.attacks.js';
import { LINKS } from './links.attacks.js';
import { MEMBERSHIPS } from './membership.attacks.js';
import { NAMES } from './names.attacks.js';
import { PARSERS } from './parsers.attacks.js';
import { POSTS } from './posts.attacks.js';
import { PINS } from './pins.attacks.js';
import { RECEIPTS } from './receipts.attacks.js';
import { RESETS } from './resets.attacks.js';
import { RIGHTS } from './rights.attacks.js';
import { STATEMENTS } from './statements.attacks.js';
import { TIMES } from './time.attacks.js';
import { TOKENS } from './tokens.attacks.js';
import { TREES } from './trees.attacks.js';
import { WITHHELD } from './withheld.attacks.js';

export const ATTACKS: readonly Attack[] = [
  ...ENTRIES,
  ...IDENTITIES,
  ...STATEMENTS,
  ...RESETS,
  ...TOKENS,
  ...CONTINUITIES,
  ...PINS,
  ...MEMBERSHIPS,
  ...BEGINNINGS,
  ...RIGHTS,
  ...LAWS,
  ...EPOCHS,
  ...RECEIPTS,
  ...FILES,
  ...ERASURES,
  ...NAMES,
  ...PARSERS,
  ...POSTS,
  ...LINKS,
  ...TREES,
  ...WITHHELD,
  ...TIMES,
  ...BUILDS,
];
