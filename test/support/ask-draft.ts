/** What the composer of an asked kind would hold: whom it asks, an hour for each wave. */
import { type AskedKind } from '@liaison/contract/handoff';
import { type MemberId, Uuid } from '@liaison/contract/ids';
import type { AskDraft } from '@liaison/sdk/face.care';
import { randomUUID } from 'node:crypto';
import { HOUR_MS } from './handoff-draft.js';
import type { Player } from './world.js';

type Asked = Pick<AskDraft, 'kind' | 'file'> & Partial<AskDraft> & { readonly kind: AskedKind };

export function askDraft(
  from: Pick<Player, 'team'>,
  waves: readonly (readonly { readonly team: MemberId }[])[],
  asked: Asked,
): AskDraft {
  const now = Date.now();
  return {
    id: Uuid.parse(randomUUID()),
    savedAt: now,
    from: from.team,
    template: null,
    waves: waves.map((players, i) => ({
      opensAt: now + i * HOUR_MS,
      due: now + (i + 1) * HOUR_MS,
      members: players.map(({ team }) => team),
    })),
    urgency: 'urgent',
    outline: { act: 'À voir', town: 'Laon', window: '', note: '', sender: 'SAS', phone: '15' },
    tasks: [],
    attachments: [],
    supersedes: null,
    ...asked,
  };
}
