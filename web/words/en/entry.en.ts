/** English words of the way in: sign-in, role, this device, recovery, invitation, lock. */
import type { Words } from '../french.js';

export const entry: Words['entry'] = {
  tagline: 'Care that goes on, from hand to hand.',
  promise:
    'Hospital and town hand patients over to each other, and everybody sees who took over. The server can read none of it.',
  psc: 'Sign in with Pro Santé Connect',
  passkey: 'Enter with a passkey',
  passkeyHint: 'For invited people: coordination, secretaries, interns.',
  leaving: 'Opening Pro Santé Connect…',
  opening: 'Opening…',
  passkeyFailed: 'The passkey was not used. Try again, or choose another way.',
  signOut: 'Sign out',
  roleTitle: 'Today you work as…',
  roleHint: 'Your handovers carry this role. You can change it under “Me”.',
  deviceTitle: 'Set up this device',
  deviceWhy:
    'Your reading keys are born here and never leave: these twelve words are the only way to get them back if the device is lost.',
  wordsTitle: 'Your twelve recovery words',
  wordsHint: 'Print or photograph them, and keep them out of the reach of others.',
  print: 'Print',
  noted: 'I have them',
  seeAgain: 'See the words again',
  typeBack: 'Type three of these words, to be sure',
  word: (n) => `Word ${n}`,
  finish: 'Finish',
  wrongWords: 'One of the words does not match. Check your sheet, or see the words again.',
  preparing: 'Preparing the keys of this device…',
  wordsSheet: (name) => `Liaison: recovery words of ${name}`,
  noIdentityTitle: 'Finish signing in',
  noIdentity:
    'This device has not received proof of your identity yet. Sign in once more to give it.',
  otherTitle: 'Link this device',
  other:
    'Another device holds your identity already. Type your twelve recovery words so that this one can read as well.',
  otherGo: 'Link with my words',
  missingWords: (n) => (n === 1 ? '1 word is missing' : `${n} words are missing`),
  pasteHint: 'You can paste all twelve words at once into the first field.',
  lockTitle: 'Session locked',
  lockWhy: 'It locks after two idle hours. What you were writing is kept.',
  unlock: 'Unlock with my passkey',
  unlockPsc: 'Sign in again with Pro Santé Connect',
  invitationTitle: 'Your invitation',
  invited: (name, inviter) => `${inviter} invites you to Liaison, ${name}.`,
  vouchedNote: (inviter) => `Others will see you as “vouched for by ${inviter}”.`,
  acceptInvitation: 'Make my passkey and enter',
  invitationHint: 'Your phone or computer will ask for your code, your finger or your face.',
};
