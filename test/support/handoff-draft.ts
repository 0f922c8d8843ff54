/** A discharge as the composer would hold it: complete, due the same day, to the given teams. */
import { Uuid } from '@liaison/contract/ids';
import type { HandoffDraft } from '@liaison/sdk/face';
import { randomUUID } from 'node:crypto';
import { letterOf } from './letter.js';
import type { Player } from './world.js';

export const HOUR_MS = 3_600_000;

export function draftOf(
  from: Pick<Player, 'team'>,
  to: readonly Pick<Player, 'team'>[],
  changes: Partial<HandoffDraft> = {},
): HandoffDraft {
  return {
    id: Uuid.parse(randomUUID()),
    savedAt: Date.now(),
    from: from.team,
    to: to.map(({ team }) => team),
    urgency: 'same-day',
    due: Date.now() + 4 * HOUR_MS,
    outline: {
      act: 'Pansement et surveillance',
      town: 'Laon',
      window: 'demain matin',
      note: '',
      sender: 'Cardiologie',
      phone: '03 53 01 00 00',
    },
    letter: letterOf('Durand'),
    incompleteReason: null,
    tasks: [],
    attachments: [],
    supersedes: null,
    ...changes,
  };
}
