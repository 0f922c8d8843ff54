/** What the present person may do now to a handoff: the transition table, asked in advance. */
import type { HandoffState } from '@liaison/contract/handoff-rules';
import type { MemberId } from '@liaison/contract/ids';
import type { HandoffAct } from '../face.js';

const ANSWERS = {
  accept: ['offered', 'declined'],
  decline: ['offered', 'accepted'],
  done: ['accepted'],
} as const;

export function actsOf(state: HandoffState, mine: readonly MemberId[]): HandoffAct[] {
  if (state.phase !== 'sent') return [];
  const phases = mine.flatMap((member) => state.addressees[member]?.phase ?? []);
  const acts: HandoffAct[] = [];
  for (const [act, from] of Object.entries(ANSWERS) as [HandoffAct, readonly string[]][]) {
    if (phases.some((phase) => from.includes(phase))) acts.push(act);
  }
  if (state.sender === null || !mine.includes(state.sender)) return acts;
  const all = Object.values(state.addressees).map((addressee) => addressee.phase);
  if (all.some((phase) => phase === 'offered' || phase === 'declined')) acts.push('reassign');
  return [...acts, 'close', 'cancel', 'supersede'];
}
