/** Every kind of handoff, by name: what engine, server, SDK and screens read. */
import type { HandoffKindName } from './handoff.js';
import type { HandoffKind } from './handoff-kind.js';
import { ADMISSION } from './kinds/admission.kind.js';
import { DISCHARGE } from './kinds/discharge.kind.js';
import { EXPERT_OPINION } from './kinds/expert-opinion.kind.js';
import { REQUEST } from './kinds/request.kind.js';
import { UNSCHEDULED_CARE } from './kinds/unscheduled-care.kind.js';

export type HandoffKindTable = Readonly<Record<HandoffKindName, HandoffKind>>;

export const HANDOFF_KIND_TABLE: HandoffKindTable = {
  discharge: DISCHARGE,
  admission: ADMISSION,
  'unscheduled-care': UNSCHEDULED_CARE,
  'expert-opinion': EXPERT_OPINION,
  request: REQUEST,
};
