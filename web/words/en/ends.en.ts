/** English words of a handover that ended before its time, was taken back, or was erased. */
import type { Words } from '../french.js';

export const ends: Words['ends'] = {
  why: 'What happened?',
  byMistake: 'Sent by mistake',
  byMistakeHint: 'It is taken back, and what it says is erased everywhere.',
  overTaken: 'Nothing left to do',
  overTakenHint: 'It stays readable. The plan ends: nobody is reminded any more.',
  recallSure: 'Take it back and erase it?',
  recallHint:
    'The letter, the plan and the conversation are erased here, on the server, and on each device as soon as it is back online. This cannot be undone.',
  recallIt: 'Take back and erase',
  keepsDraft: 'A draft is kept for the right addressee.',
  eraseIt: 'Erase the file',
  eraseSure: 'Erase what this file says?',
  recalled: (who, when) => `Taken back by ${who} ${when}`,
  cancelled: (who, when) => `Cancelled by ${who} ${when}`,
  closed: (who, when) => `Closed by ${who} ${when}`,
  superseded: (who, when) => `Replaced by ${who} ${when}`,
  erased: (who, when) => `File erased by ${who} ${when}`,
  erasedHint: 'What it said exists no more, neither here nor on the server. This trace stays.',
  eraseReasons: {
    'wrong-patient': 'Wrong patient',
    'wrong-addressee': 'Wrong addressee',
    'wrong-place': 'Wrong place',
    other: 'Another reason',
  },
  doNotUse:
    'Do not rely on what you had read any more. If you copied or printed it, destroy the copy.',
  opened: 'Who had opened it',
  openedBy: (who, when) => `${who} had opened it ${when}`,
  nobodyOpened: (team) => `${team}: nobody had opened it`,
  outlineOnly: (team) => `${team}: without the file, so without the identity`,
  openedAfter: (team) => `${team}: seen only after it was taken back`,
  erasedTitle: 'Identity erased',
  dropped: 'dropped',
};
