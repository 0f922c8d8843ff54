/**
 * Where a draft begins: empty with today's usual values, or filled from the handoff it replaces.
 * The due time is the same day's, because a discharge is answered the same day.
 */
import type { DischargeLetter } from '@liaison/contract/letter';
import { type MemberId, type Uuid } from '@liaison/contract/ids';
import type { Patient } from '@liaison/contract/patient';
import type { HandoffDraft, HandoffView, SessionView } from '@liaison/sdk/face';
import { isoDay } from '../../words/times.js';
import { w } from '../../words/words.js';

const HOUR_MS = 3_600_000;
const EVENING = 19;

/** 19:00 today while there is an hour left to answer, otherwise two hours from now. */
export function usualDue(now: number): number {
  const evening = new Date(now).setHours(EVENING, 0, 0, 0);
  return evening - now >= HOUR_MS ? evening : now + 2 * HOUR_MS;
}

export const tomorrowNoon = (now: number): number => {
  const noon = new Date(now);
  noon.setDate(noon.getDate() + 1);
  return noon.setHours(12, 0, 0, 0);
};

/** A patient of whom nothing is known yet. */
export const NOBODY: Patient = {
  birthName: '',
  usualName: '',
  givenNames: '',
  sex: 'U',
  birthDate: '',
  birthPlace: '',
  ins: null,
  phone: '',
  address: '',
};

function emptyLetter(now: number, doctor: string): DischargeLetter {
  return {
    patient: NOBODY,
    attendingPhysician: '',
    referrer: '',
    hospitalDoctor: doctor,
    admittedOn: '',
    dischargedOn: isoDay(now),
    destination: '',
    reason: '',
    synthesis: '',
    treatments: [],
    treatmentsNote: '',
    pendingResults: '',
    followUp: '',
    attachments: [],
  };
}

/** The hospital unit speaks where there is one; a person without a team speaks alone. */
export function senderOf(session: SessionView): { member: MemberId; name: string } {
  const unit = session.teams.find(({ category }) => category === 'hospital-unit');
  const team = unit ?? session.teams[0];
  if (team !== undefined) return { member: team.member, name: team.name };
  return { member: `p.${session.person ?? ''}` as MemberId, name: session.name };
}

export function freshDraft(id: Uuid, session: SessionView, now: number): HandoffDraft {
  const sender = senderOf(session);
  const doctor = session.role?.profession === '10' ? session.name : '';
  return {
    id,
    savedAt: now,
    from: sender.member,
    to: [],
    urgency: 'same-day',
    due: usualDue(now),
    outline: {
      act: w().composer.askDefault,
      town: '',
      window: '',
      note: '',
      sender: sender.name,
      phone: '',
    },
    letter: emptyLetter(now, doctor),
    incompleteReason: null,
    tasks: [],
    attachments: [],
    supersedes: null,
  };
}

/** Everything of the handoff being replaced, to be mended; its files are attached anew by hand. */
export function draftInstead(
  id: Uuid,
  session: SessionView,
  view: HandoffView,
  now: number,
): HandoffDraft {
  const fresh = freshDraft(id, session, now);
  return {
    ...fresh,
    from: view.sender.member,
    to: view.addressees
      .filter(({ phase }) => phase !== 'declined' && phase !== 'reassigned')
      .map(({ party }) => party.member),
    urgency: view.urgency,
    outline: view.outline.state === 'open' ? view.outline.value : fresh.outline,
    letter: view.letter.state === 'open' ? view.letter.value : fresh.letter,
    incompleteReason: view.incompleteReason,
    tasks: view.tasks.map(({ title, detail, owner, due }) => ({
      title: title.state === 'open' ? title.value : '',
      detail,
      owner: owner.member,
      due,
    })),
    supersedes: view.id,
  };
}
