/** English words of the unit's board and of what awaits me: kinds, times, items of plans. */
import type { Words } from '../french.js';
import { en } from '../plural.js';

export const board: Words['board'] = {
  kinds: {
    discharge: 'Discharge',
    admission: 'Admission',
    'unscheduled-care': 'Unscheduled care',
    'expert-opinion': 'Opinion',
    request: 'Request',
  },
  before: (when) => `before ${when}`,
  sentAt: (when) => `handed over ${when}`,
  since: (state, span) => `${state}, ${span}`,
  seen: 'seen',
  minutes: (n) => `${n} min`,
  hours: (n) => `${n} h`,
  days: (n) => `${n} d`,
  askedLater: (when) => `will be asked at ${when}`,
  askInstead: (who) => `Ask ${who}`,
  askedInstead: (who) => `${who} was asked.`,
  otherChoice: 'Choose another',
  items: (titles, more) => `${titles.join(', ')}${more > 0 ? ` and ${en(more, 'other')}` : ''}`,
  stopped: (n) => en(n, 'treatment stopped', 'treatments stopped'),
  task: 'To do',
  taskFor: (patient) => `for ${patient}`,
  taskBack: (who) => `Given back by ${who}: to be given to somebody else`,
  taskTake: 'I take it',
  taskDone: 'It is done',
  taskTaken: 'Taken. Whoever planned it sees it.',
  taskDoneSaid: 'Noted as done.',
  seeStory: 'Open',
  later: (n) => `Later (${n})`,
};
