/** English words of a shared post: its card, its band, its end, and the phone that opens it. */
import type { Words } from '../french.js';
import { en } from '../plural.js';

export const post: Words['post'] = {
  title: 'Shared computer',
  enter: 'Shared computer',
  enterHint: 'On a ward’s computer: your phone opens it, nothing stays on it.',
  lead: 'Your phone opens this computer in your name, for some hours. Nothing stays when you leave.',
  otherWay: 'This is not a shared computer',
  card: {
    scanMe: 'Point your phone’s camera at this code.',
    qrLabel: 'Code to read with your phone’s camera',
    orType: 'Or type this code on your phone, under “Me”, “Link a device”:',
    compareHere: 'Does your phone show exactly these digits?',
    finishThere: 'Finish on your phone.',
    slow: 'Your phone is slow to answer. Check its network, or show a new code.',
    away: 'This computer has no network. It goes on as soon as the network is back.',
    refused: 'The computer was not opened. Nothing was passed on.',
    expired: 'This code has expired. Move the mouse to show another.',
  },
  band: (name) => `Session of ${name}`,
  until: (when) => `until ${when}`,
  finish: 'End my session',
  finishing: 'Erasing…',
  more: 'Extend',
  idle: (seconds) =>
    `Nobody there? This session ends in ${en(seconds, 'second')} and all is erased. Any move keeps it.`,
  idleSaid: 'This session is about to end for want of activity. Press a key to stay.',
  ending: (minutes) => `This session ends in ${en(minutes, 'minute')}.`,
  unsentTitle: 'Not everything has left yet',
  unsent: (n) =>
    `${en(n, 'thing waits', 'things wait')} for the network still. If you end now, that is lost.`,
  wait: 'Wait',
  finishAnyway: 'End all the same',
  ends: {
    done: 'Your session has ended. Nothing of it stays on this computer.',
    idle: 'The session ended for want of activity. Nothing of it stays on this computer.',
    time: 'The session’s time is up. Nothing of it stays on this computer.',
    elsewhere: 'The session was ended from elsewhere. Nothing of it stays on this computer.',
  },
  renewTitle: 'Extend this session',
  renewOver: (name, when) =>
    `${name}, this computer speaks in your name no more. What you were writing is kept until ${when}: scan the code to go on.`,
  renewEarly: (name) =>
    `${name}, scan the code: the session begins anew for some hours. What you were writing is kept.`,
  back: 'Go back without extending',
  goneTitle: 'A shared computer was left open here',
  gone: 'Its memory is erased: nothing can be read from it. What is left is to close its session.',
  goneGo: 'Close that session and open the shared computer',
  takenTitle: 'Somebody is signed in in this browser',
  taken: (name) =>
    `${name} uses Liaison here as on a personal device. A shared computer opens only once they have signed out.`,
  takenBack: 'Go back to Liaison',
  takenOut: 'Sign out and open the shared computer',
  askTitle: 'Open a shared computer',
  ask: 'Open this computer in your name?',
  lends: (when) => `This computer will read and write in your name until ${when}.`,
  compareThere: 'Does the computer show exactly these digits?',
  beware: 'Accept only if its screen is before you, and nobody asks you to.',
  open: 'Open the computer',
  openSame: 'Yes, open it',
  notOpen: 'Do not open',
  opened: (when) => `The computer is open until ${when}.`,
  openedHint: 'When you leave, end your session there. You can also end it from here.',
  notOpened: 'The computer was not opened. Nothing was passed on.',
  mine: 'Open shared computers',
  none: 'No shared computer is open in your name.',
  one: 'Shared computer',
  openedAt: (when) => `opened ${when}`,
  end: 'End',
  endAll: 'End them all',
  endAllSure: 'End all shared computers?',
  endAllHint:
    'Their screens close and your keys change: even one whose memory was copied reads nothing new.',
  meHere:
    'This computer is lent: your devices, your recovery sheet and your ways in are managed on your phone.',
};
