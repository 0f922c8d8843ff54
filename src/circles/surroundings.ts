/**
 * What the judge of an item may know besides its circle: an instant, identity logs and the other
 * circles that the submission speaks of. All of it is read before anything is judged.
 */
import type { CircleState } from '@liaison/contract/circle-rules';
import type { CircleId, PersonId } from '@liaison/contract/ids';
import type { IdentityView } from '../devices/identity.view.js';

export interface Surroundings {
  readonly now: number;
  readonly identity: (person: PersonId) => IdentityView | null;
  /** What another circle's statements say now, with what this submission has placed in it. */
  readonly circle: (circle: CircleId) => CircleState | null;
}
