/**
 * Faults put into the programs of lives on purpose, one at a time: the oracles must see each. They
 * change the classes of the process that plays such lives, and nothing else.
 */
import { type MemberId, type PersonId, ZERO_HASH } from '@liaison/contract/ids';
import type { HttpReply } from '@liaison/sdk/http';
import { Keyring } from '@liaison/sdk/circles/keyring';
import { KeyChange, type KeyChangeParts } from '@liaison/sdk/session/key-change';
import { rotatePersonKey } from '@liaison/sdk/logs/person-keys';
import { wantedRecipients } from '@liaison/sdk/logs/circle-items';
import type { People } from '@liaison/sdk/people';
import { foldStatements } from '@liaison/sdk/session/own-log';
import type { Step } from '@liaison/sdk/sync/act';
import { Outbox } from '@liaison/sdk/sync/outbox';
import { Recipients } from '@liaison/sdk/sync/recipients';
import { IdentityLogs } from '../../src/devices/identity.logs.js';
import type { IdentityView } from '../../src/devices/identity.view.js';
import { CircleProjection } from '../../src/circles/circle.projection.js';
import type { Life } from './life/life.js';
import type { FaultName } from './life/told.js';
import type { Plant } from './life/whole.js';

interface Planted {
  readonly plant: Plant;
  /** What the oracles must say of it. */
  readonly shows: readonly FaultName[];
}

type Methods = Record<string, (...given: never[]) => unknown>;

/** Another method in the place of one. */
function instead(of: { readonly prototype: object }, name: string, method: Methods[string]): void {
  const methods = of.prototype as Methods;
  if (typeof methods[name] !== 'function') throw new Error(`plants: there is no ${name}`);
  methods[name] = method;
}

type Change = (path: string, value: Record<string, unknown>) => void;

/** The server answers something else to whoever asks. */
function answers({ server }: Life, change: Change): void {
  const honest = server.answer.bind(server);
  server.answer = async (cookie, request): Promise<HttpReply> => {
    const reply = await honest(cookie, request);
    if (reply.status >= 400) return reply;
    const value = JSON.parse(new TextDecoder().decode(reply.body)) as Record<string, unknown>;
    change(request.path, value);
    return { ...reply, body: new TextEncoder().encode(JSON.stringify(value)) };
  };
}

type Due = (this: Recipients, ...given: never[]) => Promise<string | null>;

const NEVER_DUE = new Set<string | null>(['member-left', 'key-moved']);

/** Epochs are not due for what should end them. */
function neverDue(): void {
  const honest = Recipients.prototype.due as Due;
  instead(Recipients, 'due', async function (this: Recipients, ...given: never[]) {
    const because = await honest.apply(this, given);
    return NEVER_DUE.has(because) ? null : because;
  });
}

type After = KeyChange['after'];

/** A new paper is set, and the key that comes with it is sealed to the former one. */
function sealedToFormerPaper(): void {
  const honest = KeyChange.prototype.after;
  const after: After = async function (this: KeyChange, before, said, reason) {
    const former = before.log.recovery;
    if (reason !== 'recovery-replaced' || said === null || former === null) {
      await honest.call(this, before, said, reason);
      return;
    }
    const { parts } = this as unknown as { readonly parts: KeyChangeParts };
    const { ground, vault, self, outbox, newId } = parts;
    const { device, signing } = vault.device();
    const signer = { id: device, signing };
    const place = { origin: ground.origin, person: vault.me(), at: ground.clock(), signer };
    const log = { ...foldStatements(vault.me(), [said], before), recovery: former };
    const previous = vault.generation(log.generations.at(-1)?.generation ?? 0);
    const rotated = rotatePersonKey({ ...place, log, head: said.head, previous, reason });
    const keys = new Map([[log.lastGeneration + 1, rotated.keys]]);
    await ground.store.transaction((tx) => vault.keepGenerations(tx, keys));
    const steps: Step[] = (await self.groups()).map((circle) => ({ do: 'renew', circle }));
    const identity = { statements: [said.wire, rotated.wire], copies: [...rotated.copies] };
    await outbox.submit({ id: newId(), lane: vault.me(), as: self.member(), steps, identity });
    vault.noteGenerations(keys);
  };
  instead(KeyChange, 'after', after);
}

/** Who began anew is sealed to as if they had been let in again, and the server does not mind. */
function reopened(): void {
  const present: Recipients['present'] = async function (this: Recipients, state, now, ahead, who) {
    const { people } = this as unknown as { readonly people: People };
    const wanted = wantedRecipients(state, now, who);
    await people.refresh(wanted.flatMap((one) => (one.startsWith('p.') ? [personIn(one)] : [])));
    return { recipients: await this.of(wanted, ahead), lapsed: [] };
  };
  instead(Recipients, 'present', present);
  const honest = IdentityLogs.prototype.views;
  const views: IdentityLogs['views'] = async function (this: IdentityLogs, on, people) {
    const all = await honest.call(this, on, people);
    const asEver = ({ state, ...view }: IdentityView) => {
      return { ...view, state: { ...state, lastReset: -1 } };
    };
    return new Map([...all].map(([person, view]) => [person, asEver(view)]));
  };
  instead(IdentityLogs, 'views', views);
}

/** The server says yes to every objection, and keeps none. */
function deafServer({ server }: Life): void {
  const honest = server.answer.bind(server);
  server.answer = async (cookie, request): Promise<HttpReply> => {
    const { body } = request;
    const isObjection = typeof body === 'string' && body.includes('identity.reset-refused');
    if (!isObjection) return honest(cookie, request);
    const head = { n: 0, h: ZERO_HASH };
    return { status: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify({ head })) };
  };
}

const personIn = (member: MemberId): PersonId => member.slice(2) as PersonId;
const rows = (value: Record<string, unknown>, name: string): unknown[] => value[name] as unknown[];

export const PLANTS: Readonly<Record<string, Planted>> = {
  'the server keeps back the last entry of a page': {
    shows: ['disagreed', 'accused'],
    plant: (life) =>
      answers(life, (path, value) => {
        if (path.includes('/items?')) rows(value, 'items').pop();
      }),
  },
  'the server keeps back sealed keys': {
    shows: ['unopened'],
    plant: (life) =>
      answers(life, (path, value) => {
        if (path.includes('/copies')) value['copies'] = [];
      }),
  },
  'the server gives one entry for another': {
    shows: ['disagreed', 'accused'],
    plant: (life) =>
      answers(life, (path, value) => {
        if (path.includes('/items?')) rows(value, 'items').reverse();
      }),
  },
  'no epoch is opened after somebody left or a key moved': { shows: ['stolen'], plant: neverDue },
  'the key after a new paper is sealed to the former one': {
    shows: ['reopened'],
    plant: sealedToFormerPaper,
  },
  'whoever began anew is let in without anybody’s word': { shows: ['stolen'], plant: reopened },
  'the server keeps no objection to a new beginning': { shows: ['reopened'], plant: deafServer },
  'a client forgets what it was given to send': {
    shows: ['lost'],
    plant: () => instead(Outbox, 'run', () => undefined),
  },
  'a client does not look for keys': {
    shows: ['unopened'],
    plant: () => instead(Keyring, 'epoch', () => Promise.resolve(null)),
  },
  'the server forgets that a team’s people changed': {
    shows: ['server'],
    plant: () => instead(CircleProjection, 'ripple', () => Promise.resolve([])),
  },
};
