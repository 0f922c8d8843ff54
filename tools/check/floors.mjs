// Who may import whom, as data. The dependency-cruiser rules and the architecture tests both read
// this table, so that a floor is stated once. A room that is not listed may import nothing: a new
// folder in src is a decision. It holds no rule of its own.

const ground = ['platform'];
const facts = [...ground, 'events'];
const proofs = [...facts, 'transparency'];
const people = [...proofs, 'identity', 'directory'];
const devices = [...people, 'devices'];
const sequences = [...devices, 'circles'];
const territory = [...sequences, 'attachments', 'communities'];
const channels = [...territory, 'channels'];

/**
 * For each room of src: the other rooms of src that it may import.
 * @type {Record<string, readonly string[]>}
 */
export const serverRooms = {
  platform: [],
  events: ground,
  transparency: facts,
  identity: proofs,
  directory: [...proofs, 'identity'],
  devices: people,
  circles: devices,
  attachments: sequences,
  communities: sequences,
  channels: territory,
  guests: sequences,
  handoffs: channels,
  agenda: channels,
  announcements: channels,
  // These three hang on events. They know who is signed in and who is in a circle; never what a
  // handoff or an agenda is.
  realtime: sequences,
  notifications: sequences,
  audit: sequences,
};

/**
 * For each room under the SDK's face: the other rooms it may import. The files at the SDK's top,
 * and the rooms that are not listed (one a noun), may use all of these.
 * @type {Record<string, readonly string[]>}
 */
export const clientRooms = {
  crypto: [],
  store: [],
  logs: ['crypto'],
};
