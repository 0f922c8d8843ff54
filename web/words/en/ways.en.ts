/** English words of the ways in (sessions, passkeys, invitations) and of leaving a device. */
import type { Words } from '../french.js';
import { en } from '../plural.js';

export const ways: Words['ways'] = {
  title: 'My ways in',
  hint: 'Everything that opens Liaison in your name. End what you do not recognise.',
  sessions: 'Open sessions',
  means: {
    provider: 'by Pro Santé Connect',
    passkey: 'by passkey',
    invitation: 'by invitation',
    device: 'at a shared post',
  },
  hereNow: 'this one',
  locked: 'locked',
  session: 'Session',
  opened: (when) => `opened ${when}`,
  seen: (when) => `last active ${when}`,
  endSession: 'End it',
  endSessionSure: 'End this session?',
  endSessionHint: 'It closes at once, wherever it is. What was written there stays on its device.',
  passkeys: 'Passkeys',
  noPasskeys: 'No passkey.',
  made: (when) => `made ${when}`,
  used: (when) => `used ${when}`,
  neverUsed: 'never used',
  synced: 'copied to your other devices by their maker',
  removePasskey: 'Remove',
  removePasskeySure: 'Remove this passkey?',
  removePasskeyHint:
    'It will no longer open Liaison. Without any passkey, each lock needs Pro Santé Connect.',
  invitations: 'Invitations given',
  noInvitations: 'No invitation in your name.',
  states: { open: 'waiting', redeemed: 'accepted', expired: 'expired', withdrawn: 'withdrawn' },
  until: (when) => `valid until ${when}`,
  withdraw: 'Withdraw the invitation',
  withdrawSure: (name) => `Withdraw the invitation of ${name}?`,
  withdrawHint: 'The link that was handed over opens nothing any more.',
  forget: 'Forget this device',
  forgetTitle: 'Forget this device?',
  forgetHint:
    'For a shared post, or a device that changes hands. Everything that Liaison keeps on it is erased:',
  forgetRead: 'what you have read on it, and the keys that open it;',
  forgetDrafts: (n) => `${en(n, 'draft')}, for good;`,
  forgetUnsent: (n) =>
    `${en(n, 'thing that has not left', 'things that have not left')}, for good;`,
  forgetBack: 'to come back, it must be linked again.',
  forgetLast:
    'It is your only device: without your twelve recovery words, nothing that you received can be read again.',
  forgetSure: 'I understand, all of it may be erased',
  forgetting: 'Erasing…',
  forgotten: 'This device has forgotten everything.',
  notEnded:
    'This device has forgotten everything, but the server could not note its end: revoke it from another of your devices.',
  endedTitle: 'This device was revoked',
  endedBy: (when, device) => `Revoked ${when}, from ${device}.`,
  endedByWords: (when) => `Revoked ${when}, with your recovery words.`,
  endedByItself: (when) => `Revoked ${when}, from this very device.`,
  endedWhy:
    'It can read nothing of what follows, nor write in your name. If this was not you, revoke the device above from another one, and tell your administrator.',
  endedDrafts: 'Your drafts are still on it.',
  linkAgain: 'Link it again',
  evidence: 'Evidence kept',
  evidenceHint:
    'What this device has found against the server, with the signed pieces. Hand the file to whoever administers Liaison.',
  evidenceOpen: 'not explained yet',
  evidenceHealed: (when) => `in order again ${when}`,
  saveEvidence: 'Save the evidence (file)',
  release: 'Give the file',
  releaseHint: 'Accepted on the outline, and does not have the file yet.',
};
