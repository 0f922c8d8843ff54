/**
 * Where an ask begins: empty with what is usual for its kind, or filled from the one it replaces.
 */
import type { AskedKind, RequestTemplate } from '@liaison/contract/handoff';
import type { Uuid } from '@liaison/contract/ids';
import type { AskedFile } from '@liaison/contract/kinds/asked.file';
import type { HandoffView, SessionView } from '@liaison/sdk/face';
import type { AskDraft } from '@liaison/sdk/face.care';
import { w } from '../../words/words.js';
import { NOBODY, senderOf } from '../composer/draft.fresh.js';
import { withUrgency } from './ask.waves.js';

const USUAL_URGENCY = {
  admission: 'same-day',
  'unscheduled-care': 'urgent',
  'expert-opinion': 'routine',
  request: 'routine',
} as const;

const FIRST_TEMPLATE: RequestTemplate = 'attending-physician';

export function emptyFile(kind: AskedKind, sender: string): AskedFile {
  const own = { patient: NOBODY, attachments: [] };
  switch (kind) {
    case 'admission':
      return {
        ...{ ...own, attendingPhysician: '', reason: '', history: '', treatments: [] },
        ...{ treatmentsNote: '', allergies: { known: 'unknown' }, contacts: '' },
      };
    case 'unscheduled-care':
      return { ...own, reason: '', qualifiedBy: sender, findings: '', callBack: '', place: '' };
    case 'expert-opinion':
      return { ...own, question: '', context: '' };
    case 'request':
      return { ...own, need: w().ask.needs[FIRST_TEMPLATE], context: '', wishes: '' };
  }
}

export function freshAsk(kind: AskedKind, id: Uuid, session: SessionView, now: number): AskDraft {
  const { member, name } = senderOf(session);
  const isTemplated = kind === 'request';
  const act = isTemplated ? w().ask.templates[FIRST_TEMPLATE] : '';
  const draft: AskDraft = {
    ...{ id, savedAt: now, from: member, kind, urgency: USUAL_URGENCY[kind], waves: [] },
    template: isTemplated ? FIRST_TEMPLATE : null,
    outline: { act, town: '', window: '', note: '', sender: name, phone: '' },
    file: emptyFile(kind, name),
    ...{ tasks: [], attachments: [], supersedes: null },
  };
  return withUrgency(draft, draft.urgency, now);
}

/** All of what is replaced, to be mended; its files are joined anew by hand. */
export function askInstead(fresh: AskDraft, view: HandoffView, now: number): AskDraft {
  const groups = fresh.waves.map(({ members }) => [...members]);
  const asked = view.addressees.filter(({ phase }) => !['declined', 'reassigned'].includes(phase));
  const starts = [...new Set(asked.map(({ opensAt }) => opensAt))].sort((a, b) => a - b);
  for (const { party, opensAt } of asked) {
    groups[Math.min(starts.indexOf(opensAt), groups.length - 1)]?.push(party.member);
  }
  const waves = fresh.waves.map((wave, i) => ({ ...wave, members: groups[i] ?? [] }));
  const mended: AskDraft = {
    ...fresh,
    ...{ waves, from: view.sender.member, template: view.template, supersedes: view.id },
    outline: view.outline.state === 'open' ? view.outline.value : fresh.outline,
    file: view.asked.state === 'open' ? { ...view.asked.value, attachments: [] } : fresh.file,
  };
  return withUrgency(mended, view.urgency, now);
}
