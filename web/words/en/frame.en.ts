/** English words of the frame around screens: navigation, connection, trust, keys, faults. */
import { en } from '../plural.js';
import type { Words } from '../french.js';

export const frame: Words['frame'] = {
  app: 'Liaison',
  skip: 'Skip to content',
  nav: 'Main navigation',
  home: 'Home',
  talks: 'Conversations',
  people: 'Directory',
  me: 'Me',
  news: 'News',
  newsCount: (n) => en(n, 'unread notice'),
  unread: (n) => `${n} unread`,
  back: 'Back',
  close: 'Close',
  cancel: 'Cancel',
  retry: 'Try again',
  save: 'Save',
  loading: 'Loading…',
  stillLoading: 'This takes longer than usual. Nothing is lost.',
  loadFailed: 'This page could not be read.',
  nowhere: 'This page does not exist.',
  nowhereHint: 'The link may be incomplete.',
  goHome: 'Back to the home page',
  fictional: 'Demonstration: fictional people and patients.',
  fictionalTag: 'fictional',
  offline: 'Offline.',
  offlineWorks:
    'You can read and prepare a handover. Your messages leave as soon as the network is back.',
  waiting: (n) => `${n} waiting to leave`,
  dayForm: 'dd/mm/yyyy',
  dayWrong: 'Type the day like this: 16/11/2026.',
  instantForm: 'dd/mm/yyyy hh:mm',
  instantWrong: 'Type the day and the hour like this: 16/11/2026 18:00, or “tomorrow 9 h”.',
  thisEvening: 'Today 18:00',
  tomorrowMorning: 'Tomorrow 9:00',
  leavesLater: 'Leaves when the network is back…',
  polling: 'News arrives every 15 seconds.',
  arrivals: (n) => (n === 1 ? '1 new request awaits you' : `${n} new requests await you`),
  justNow: 'just now',
  today: 'today',
  tomorrow: 'tomorrow',
  yesterday: 'yesterday',
  at: (day, time) => `${day} at ${time}`,
  or: 'or',
  unnamed: 'Team being verified',
  optional: 'optional',
};

export const trust: Words['trust'] = {
  label: (n) => `End-to-end encrypted · ${en(n, 'person', 'people')}`,
  short: 'End-to-end encrypted',
  title: 'Who can read this',
  why: 'The text is encrypted on the device of the person who writes it, and opens only on the devices of the people below. The server cannot read it.',
  certified: (since) => `Identity certified by Pro Santé Connect, ${since}`,
  vouched: (by, since) => `Vouched for by ${by}, ${since}`,
  server: (since) => `Attested by this server only, ${since}`,
  directory: 'Name taken from the directory, not verified',
  noReaders: 'The list is not verified on this device yet.',
};

export const keys: Words['keys'] = {
  title: 'Keyboard keys',
  intro: 'One key is enough while no field is active.',
  help: 'Show these keys',
  home: 'Home',
  create: 'New handover',
  talks: 'Conversations',
  people: 'Directory',
  news: 'News',
  next: 'Next item',
  previous: 'Previous item',
  off: 'Turn these keys off',
  on: 'Turn these keys on',
};

export const alarm: Words['alarm'] = {
  title: 'Liaison has stopped to protect you',
  what: 'This device found that the server shows a history other than the one it had signed. Messages may have been hidden, changed or moved.',
  do: 'Hand nobody over through Liaison for now. Use the telephone, and give the code below to whoever administers Liaison.',
  kept: 'The evidence is kept on this device. So are your drafts.',
  code: 'Code',
};

export const faults: Words['faults'] = {
  offline: 'No network. What you wrote is kept; try again as soon as it is back.',
  'reply-invalid':
    'The server answered something unexpected. Update the application, then try again.',
  'not-pinned':
    'This application was not prepared for this server: nothing is believed here. Tell your administrator.',
  'not-ready': 'This device is not ready yet. Finish setting it up, then try again.',
  'no-such-circle': 'This handover is not (or no longer) within reach of this device.',
  'too-many-templates': 'Your team already has 64 templates: retire one, then save.',
  'no-keys': 'The reading key has not arrived yet. It comes as soon as a colleague opens Liaison.',
  'file-broken': 'This attachment arrived damaged. Ask its author to send it again.',
  'name-wrong': 'A team presents itself under a name that is not its own: nothing of it is shown.',
  'words-wrong': 'These words do not form a recovery code. Check their spelling and order.',
  'paper-replaced':
    'This recovery sheet was replaced: it opens nothing any more. Use the latest one.',
  unsent: 'Something still waits to be sent from this device. Send it first.',
  'store-shut': 'What is kept here is shut. Open it with your fingerprint or your key.',
  'passkey-other': 'The device did not open. Try again, with the key that you chose here.',
  'passkey-plain':
    'This passkey cannot shut a device. Nothing has changed: the browser keeps its own key, which never leaves it.',
  'link-wrong': 'This invitation link is incomplete. Ask for the whole of it.',
  'code-wrong':
    'This code is incomplete or misread. Copy the eight characters shown on the other device.',
  'ends-this-one': 'This very device would fall with it. Do it from an older device.',
  'at-post': 'This is not done from a shared post. Use your phone or your computer.',
  'other-person':
    'This computer is open in somebody else’s name. End their session first, then scan again.',
  'link-altered':
    'What the server passed on does not come from the other device. Nothing was linked; the proof is kept.',
  'log-broken':
    'A check failed: what the server shows does not hold together. Tell your administrator.',
  'sign-in-altered':
    'The sign-in offered is not the one that this device prepared. Do not go on, and tell your administrator.',
  'receipt-broken': 'The server’s receipt is not valid. Tell your administrator.',
};
