/** English words of one’s own devices: names, last use, notices about them, and ending one. */
import type { Words } from '../french.js';

export const devices: Words['devices'] = {
  unnamed: 'Device without a name',
  rename: (name) => `Rename ${name}`,
  nameField: 'Name of the device',
  nameHint: 'Readable on your own devices only.',
  save: 'Save',
  fingerprint: 'Fingerprint',
  fingerprintHint: 'The same on all your devices: compare it when in doubt.',
  first: (when) => `your first device, ${when}`,
  linked: (when, by) => `linked ${when} from ${by}`,
  recovery: (when) => `linked ${when} with the recovery sheet`,
  reset: (when) => `new identity, ${when}`,
  used: (when) => `used ${when}, says the server`,
  usedNever: 'last use not known to the server',
  ended: 'Revoked devices',
};
