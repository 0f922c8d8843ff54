/** What a screen shows of the session: who, in which role, and what this device still needs. */
import type { Session } from '@liaison/contract/session';
import type { Engine } from '../engine.js';
import type { RoleView, SessionView } from '../face.js';
import type { DeviceRef } from '../face.devices.js';
import { calledAs } from '../person-name.js';
import { deviceRef } from './device.views.js';
import { postOf } from './post.standing.js';

const NOBODY = {
  state: 'signed-out',
  name: '',
  person: null,
  roles: [],
  role: null,
  teams: [],
  community: null,
  fictional: false,
  hasPasskey: false,
  ended: null,
  post: null,
  lost: null,
} as const satisfies Omit<SessionView, 'latch'>;

export async function sessionView(engine: Engine): Promise<SessionView> {
  const session = engine.sessions.last;
  const latch = engine.ground.store.latch?.state ?? 'none';
  if (session === null) return { ...NOBODY, latch };
  const state = await engine.sessions.state();
  const isKnown = state === 'ready' || state === 'backup-needed';
  return {
    state,
    name: calledAs(session.name),
    person: session.person,
    roles: session.roles.map(roleView),
    role: roleOf(session),
    teams: isKnown ? await engine.rooms.teams() : [],
    community: engine.directory.community(),
    fictional: session.fictional,
    hasPasskey: session.hasPasskey,
    latch,
    ended: await engine.sessions.ended(),
    post: postOf(engine.vault, session),
    lost: state === 'other-device' ? await lostHere(engine, session) : null,
  };
}

async function lostHere(engine: Engine, { person }: Session): Promise<DeviceRef | null> {
  const device = person === null ? null : await engine.lostMemory.deviceOf(person);
  // Its name went with the memory: eyes have the fingerprint.
  return device === null ? null : deviceRef(device, new Map());
}

function roleOf(session: Session): RoleView | null {
  const role = session.roles.find(({ id }) => id === session.role);
  return role === undefined ? null : roleView(role);
}

function roleView({ id, profession, structure, finess }: Session['roles'][number]): RoleView {
  return { id, profession, structure, finess };
}
