/** English words of who people are: cards, changes, the recovery sheet, beginning anew. */
import { en } from '../plural.js';
import type { Words } from '../french.js';

export const identity: Words['identity'] = {
  card: (name) => `Who is ${name}?`,
  checked: 'Checked on this device, link by link:',
  chain: {
    certified: (at) => `Pro Santé Connect certifies the name and the number, ${at}`,
    vouched: (at) => `Somebody here vouched for them, ${at}`,
    server: (at) => `This server alone attests it, ${at}`,
    log: (at, n) => `Their log, ${en(n, 'signed line')} since ${at}`,
    reset: (at) => `A new identity since ${at}`,
    devices: (at, n) => `${en(n, 'device')} in use, the last one ${at}`,
    key: (at) => `Reading key in use since ${at}`,
  },
  number: 'Safety number',
  numberHint:
    'Read it together, aloud or side by side. If both screens show the same digits, nobody has slipped in between you.',
  compareByCode: 'Compare by a code',
  compareQr: (name) => `Code to show to ${name}, to compare`,
  compareQrHint:
    'Side by side: one shows this code, the other points the camera at it from the card. Both screens show the same code.',
  compareScan: 'Point at their code',
  compareDiffers:
    'This is not the code of the two of you. Send them nothing about a patient, and tell your administrator.',
  teamChecked: 'The name of this team is the one that its community signed. In it are:',
  teamUnnamed: 'The name of this team could not be verified. In it are:',
  disputed: (name, at) =>
    `${name} could not open the key of this exchange (${at}). It is given to them again by itself.`,
  markCompared: 'We see the same digits',
  comparedAt: (at) => `Compared ${at}`,
  comparedBefore: (at) =>
    `Another number was compared ${at}. Their keys have changed since: compare again.`,
  changed: (name) => `The identity of ${name} has changed`,
  changedReset: (at) =>
    `This person began a new identity, ${at}. They can read nothing any more until a colleague lets them in again. If in doubt, call them.`,
  changedClaims: (was, is, at) => `Known so far as ${was}; now ${is}, ${at}.`,
  blocks: 'Nothing about a patient is sent to them from here until you have taken note of it.',
  renamed: (name) => `${name} has another name or number`,
  sameProven:
    'Pro Santé Connect says that it is the same person. Nothing changes for what you send.',
  formerly: (known, at) => `Formerly ${known}; since ${at} as above.`,
  movedTitle: 'Is it you?',
  moved: (was, is) =>
    `This device is that of ${was}. Pro Santé Connect now knows you as follows: ${is}.`,
  movedWhy:
    'If it is you, identify yourself once more: your teams, your exchanges and your keys stay yours, and your colleagues are shown the change once.',
  movedAct: 'It is me: go on',
  movedNotMe: 'It is not me: sign out',
  renamedMe: (is) => `Pro Santé Connect now knows you as follows: ${is}.`,
  renamedMeAct: 'Let my colleagues know',
  seen: 'I have taken note of it',
  look: 'Look',
  admitted: {
    team: (name: string, by: string) =>
      `${by || 'Somebody'} counts you in ${name === '' ? 'a team of unverified name' : `the team ${name}`}`,
    community: (name: string, by: string) =>
      `${by || 'Somebody'} counts you in the community ${name}`,
  },
  admittedHint: {
    team: 'Until you answer, nothing goes out in its name and nothing is asked of you there.',
    community: 'Until you answer, the teams that it presents are not offered to you.',
  },
  joinIt: 'I am part of it',
  leaveIt: 'I am not part of it',
  levels: {
    certified: 'certified by Pro Santé Connect',
    vouched: 'vouched for by a colleague',
    server: 'attested by this server only',
  },
  paperOf: (at) => `Recovery sheet of ${at}.`,
  noPaper: 'No recovery sheet in use.',
  paperWhy:
    'It gives your keys back if your devices are lost. If others saw, found or photographed it, replace it.',
  replace: 'Replace my recovery sheet',
  replaceTitle: 'Your new recovery sheet',
  replaceHint:
    'The former one stays the right one until you have typed back three words of this one. Then destroy the former one.',
  keepOld: 'Keep the former one',
  replaced: 'Done. Destroy the former sheet: it opens nothing any more.',
  sheetDate: (at) => `Made on ${at}`,
  sheetHow:
    'To get your keys back: open Liaison on a new device, sign in with Pro Santé Connect, then type these words or scan the code. Keep this sheet away from others; a later sheet replaces it.',
  qrLabel: 'Code of the recovery sheet, to scan',
  paperReplaced: (made, at, current) =>
    `This sheet, made on ${made}, was replaced on ${at}. Use the one of ${current}, and destroy this one.`,
  paperEnded: (made, at) =>
    `This sheet, made on ${made}, ended on ${at}: a new identity was begun.`,
  paperAhead: (made) =>
    `This sheet of ${made} knows more than the server shows. If you had confirmed it, tell your administrator; if not, use the former one.`,
  paperUnknown: 'These words are right, but are not those of your sheet.',
  paperWords: (positions) =>
    `${positions.length > 1 ? 'These words do not exist' : 'This word does not exist'}: no. ${positions.join(', no. ')}.`,
  paperCount: (n) => `Twelve words are needed; here are ${n}.`,
  paperOrder: 'One of the words is not the right one, or they are not in order.',
  lostAll: 'I lost all my devices and my sheet',
  lostWhat:
    'You can begin anew with a new identity. It reopens nothing of what you could read, and your colleagues must let you in again, team by team. All of them are told.',
  lostWaits: 'One of your devices is still in use: it is told at once and may object for 72 hours.',
  lostAsk: 'Ask for a new identity',
  lostBegin: 'Begin my new identity',
  lostUntil: (asked, until) => `Asked ${asked}. If nobody objects, come back here ${until}.`,
  lostRefused: (at) => `Refused from one of your devices, ${at}.`,
  askedTitle: 'Somebody asks to replace your identity',
  askedWhat: (asked, until) =>
    `Asked ${asked}, with your Pro Santé Connect account. Unless somebody objects, your devices are cut off ${until}.`,
  askedRefuse: 'This is not me: refuse',
  askedMine: 'I asked for it: do nothing.',
  returning: (name, at) => `${name} has a new identity since ${at}.`,
  readmit: (where) => `Let into ${where} again`,
  readmitHint: 'Call this person first: letting them in again lets them read what was said there.',
};
