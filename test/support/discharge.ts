/** A complete discharge, ready to be sent, for tests in which its words do not matter. */
import { randomUUID } from 'node:crypto';
import { type MemberId, Uuid } from '@liaison/contract/ids';
import type { HandoffDraft } from '@liaison/sdk/face';
import { letterOf } from './letter.js';

interface Party {
  readonly team: MemberId;
}

export function discharge(
  from: Party,
  to: readonly Party[],
  dueInMs = 4 * 3_600_000,
): HandoffDraft {
  return {
    id: Uuid.parse(randomUUID()),
    savedAt: Date.now(),
    from: from.team,
    to: to.map(({ team }) => team),
    urgency: 'same-day',
    due: Date.now() + dueInMs,
    outline: { act: 'Pansement', town: 'Laon', window: '', note: '', sender: '', phone: '' },
    letter: letterOf('Durand'),
    incompleteReason: null,
    tasks: [],
    attachments: [],
    supersedes: null,
  };
}
