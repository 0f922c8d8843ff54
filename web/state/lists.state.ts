/**
 * The lists that several screens share, each read when first asked for: handoffs, drafts,
 * conversations, notifications, teams and the connection.
 */
import type { Change } from '@liaison/sdk/face';
import { face } from '../worker/liaison.client.js';
import { w } from '../words/words.js';
import { type Live, live, valueOf } from './loaded.state.js';

const about =
  (...names: readonly Change['what'][]) =>
  (change: Change): boolean =>
    names.includes(change.what);

function once<T>(make: () => Live<T>): () => Live<T> {
  let made: Live<T> | null = null;
  return () => (made ??= make());
}

export const connection = once(() => live(() => face.connection(), about('connection')));
/** What a button says while its act is kept and nobody takes it yet. */
export const busyWord = (): string =>
  valueOf(connection().signal.value)?.live === 'offline'
    ? w().frame.leavesLater
    : w().frame.loading;

export const handoffs = once(() =>
  // A wave that opens is nothing but a notice: the entries were there before.
  live(() => face.handoffs(), about('handoffs', 'circle', 'session', 'notifications')),
);
export const drafts = once(() => live(() => face.drafts(), about('handoffs', 'session')));
/** Drafts of what is asked. */
export const asks = once(() => live(() => face.asks(), about('handoffs', 'session')));
export const channels = once(() =>
  live(() => face.channels(), about('channels', 'circle', 'session')),
);
export const notifications = once(() =>
  live(() => face.notifications(), about('notifications', 'handoffs', 'session')),
);
export const teams = once(() =>
  live(() => face.communityTeams(), about('channels', 'session', 'circle')),
);
/** Templates of my teams: read by whoever writes a discharge and asks for one. */
export const templates = once(() => live(() => face.templates(), about('session', 'circle')));
export const admissions = once(() =>
  live(() => face.admissions(), about('channels', 'session', 'circle')),
);
export const devices = once(() => live(() => face.devices(), about('devices', 'session')));
/** Shared posts open in the person's name: sessions, since no log holds a post. */
export const openPosts = once(() =>
  live(
    async () => (await face.sessions()).filter(({ means }) => means === 'device'),
    about('devices', 'session'),
  ),
);
export const recovery = once(() => live(() => face.recovery(), about('session', 'devices')));
export const deviceNotices = once(() =>
  live(() => face.deviceNotices(), about('devices', 'session')),
);
export const resetsAsked = once(() => live(() => face.resetsAsked(), about('devices', 'session')));
export const identityMove = once(() => live(() => face.identityMove(), about('session', 'people')));
export const identityChanges = once(() =>
  live(() => face.identityChanges(), about('people', 'channels', 'circle')),
);
