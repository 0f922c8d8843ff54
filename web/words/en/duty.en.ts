/** English words of the part where a team says who answers for it now, and until when. */
import type { Words } from '../french.js';

export const duty: Words['duty'] = {
  title: 'Who answers now',
  hint: 'What the team is asked rings this person. Without an answer in time, the whole team is called.',
  whole: 'The whole team',
  until: (when) => `until ${when}`,
  next: 'Then',
  shift: (from, until) => `${from} → ${until}`,
  take: 'I answer',
  pass: 'Hand over to a colleague',
  giveBack: 'Give back to the whole team',
  who: 'To whom',
  from: 'From (else at once)',
  to: 'Until',
  wrongOrder: 'It ends before it begins.',
  confirm: 'Confirm',
  giveUp: 'Cancel',
  left: 'Is not part of it any more',
};
