/** English words of what is made on paper. The letter itself is always French: see letter.paper. */
import type { Words } from '../french.js';

export const paper: Words['paper'] = {
  title: 'Discharge letter',
  fileName: 'lettre-de-liaison',
  from: (team, who, when) => `${team}, ${who}. Sent on ${when}`,
  phone: (phone) => `Team’s telephone: ${phone}`,
  to: (who) => `For the attention of ${who}`,
  destination: 'Goes to',
  birthPlace: 'Place of birth (INSEE)',
  insOid: 'OID of the INS',
  noIns: 'no INS',
  rubrics: {
    identification: '1. Stay and professionals',
    reason: '2. Reason for the stay',
    synthesis: '3. Medical synthesis',
    treatments: '4. Discharge treatments, and those stopped',
    'pending-results': '5. Pending results',
    'follow-up': '6. What follows',
  },
  status: 'Status',
  unread: 'Not readable on this device yet',
  madeWith: (when) =>
    `Made on ${when} with Liaison, on the team’s own device. Confidential: professional secrecy.`,
  foot: (who, born, ins, page, of) => `${who}, born ${born} · INS: ${ins} · page ${page} of ${of}`,
  make: 'Make the letter’s PDF',
  makeFor: (who) => `PDF for ${who}`,
  making: 'Setting the pages…',
  made: 'PDF saved on this device.',
};
