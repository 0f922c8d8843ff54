/** English words of what closes this device's memory, and of keeping that memory. */
import type { Words } from '../french.js';

export const latch: Words['latch'] = {
  title: 'Unlocking',
  browser:
    'What is kept here is encrypted with a key that the browser holds and shows to nobody. Whoever opens this browser opens Liaison.',
  why: 'With your fingerprint or your key, nothing opens without you: it will be asked each time Liaison opens.',
  fit: 'Unlock with my fingerprint / my key',
  fitting: 'Your fingerprint or your key…',
  fitted: 'Shut by your passkey',
  fittedWhy: 'Nothing that is kept here opens without it. One gesture will do.',
  lostWay:
    'If it gets lost: this device is erased, then linked from another one or with your twelve words.',
  remove: 'Stop asking for it',
  shutTitle: 'Shut on this device',
  shutWhy: 'What is kept here opens only with your fingerprint or your key.',
  open: 'Open with one gesture',
  lost: 'I no longer have this key',
  lostTitle: 'Erase and link this device?',
  lostWhy:
    'Without this key nobody can open what is kept here. You can erase it and link this device:',
  lostBack: 'what you received comes back, from another of your devices or with your twelve words;',
  lostGone: 'drafts, and whatever had not left from here yet, are lost.',
  lostSure: 'I understand, everything here may be erased',
  lostGo: 'Erase and link',
  storage: 'This browser’s memory',
  kept: 'Kept',
  keptWhy: 'This browser promised not to erase what Liaison stores here.',
  evictable: 'May be erased',
  evictableWhy:
    'This browser promised nothing: when room is short, or after weeks without opening Liaison, the system may erase what is stored here. This device would then have to be linked again.',
  askAgain: 'Ask it to keep it',
  installTitle: 'Keep Liaison on this device',
  installWhy:
    'Installed as an application, Liaison is no longer erased after a few weeks without opening it.',
  install: 'Install Liaison',
  installSteps: {
    ios: [
      'Touch Share, at the bottom or the top of Safari.',
      'Choose “Add to Home Screen”, then “Add”.',
      'Open Liaison from the home screen, and link it once with this device.',
    ],
    mac: [
      'In Safari, open the File menu.',
      'Choose “Add to Dock”, then open Liaison from the Dock.',
      'Link it once from another of your devices.',
    ],
  },
};
