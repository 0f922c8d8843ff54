/**
 * A new device is linked from a signed-in one, by typed code or by the camera, and a server that
 * swaps the keys on the way is caught either way.
 */
import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { canonical } from '@liaison/contract/encoding';
import type { DeviceKeys } from '@liaison/contract/identity';
import type { DeviceId, Hash, Origin } from '@liaison/contract/ids';
import { LinkView } from '@liaison/contract/link';
import { deviceIdHashed } from '@liaison/contract/signing';
import type { LinkAskView } from '@liaison/sdk/face.devices';
import type { Http } from '@liaison/sdk/http';
import { nodeHttp } from '@liaison/sdk/http-node';
import { hash } from '../../sdk/crypto/hash.js';
import { linkCommitment } from '../../sdk/crypto/link.js';
import { randomText } from '../../sdk/crypto/random.js';
import { newDevice } from '../../sdk/logs/identity-statements.js';
import { type Liaison, openLiaison } from '@liaison/sdk/liaison';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import type { Device } from '../../tools/cast/device.js';
import { eventually } from '../support/eventually.js';
import { type People, World } from '../support/world.js';

const NURSE = '899970000016';

let world: World;
let people: People;

beforeAll(async () => {
  world = await World.open();
  people = await world.people();
}, 90_000);

afterAll(async () => {
  await world.close();
});

/** A further device of the nurse, signed in and not linked yet. */
async function newcomer(): Promise<Device> {
  const device = await world.device();
  expect((await world.signIn(device, NURSE)).state).toBe('other-device');
  return device;
}

async function untilAsked(liaison: Liaison, state: LinkAskView['state']): Promise<LinkAskView> {
  return eventually(async () => {
    const view = await liaison.linkAsked();
    if (view?.state !== state) throw new Error(`Linking is ${String(view?.state)}.`);
    return view;
  });
}

describe('a new device', () => {
  test('is let in by a typed code and the same digits, and reads what was said before', async () => {
    const { nurse } = people;
    const channel = await nurse.liaison.createChannel('Service', [nurse.team]);
    await nurse.liaison.post(channel, 'Réunion à midi', []);
    const fresh = await newcomer();
    const asked = await fresh.liaison.askLink();
    const typed = `${asked.code.slice(0, 4).toLowerCase()} ${asked.code.slice(4)}`;
    expect((await nurse.liaison.openLink(typed)).state).toBe('waiting');
    const heard = await untilAsked(fresh.liaison, 'compare');
    const offer = await nurse.liaison.linkOffered();
    expect(offer?.state).toBe('compare');
    expect(offer?.digits).toMatch(/^\d{3} \d{3}$/);
    expect(heard.digits).toBe(offer?.digits);
    expect((await fresh.liaison.compareLink(true))?.state).toBe('granting');
    await nurse.liaison.grantLink();
    await untilAsked(fresh.liaison, 'linked');
    expect((await fresh.liaison.session()).state).toBe('ready');
    await eventually(async () => {
      const [first] = await fresh.liaison.messages(channel);
      expect(first?.text).toEqual({ state: 'open', value: 'Réunion à midi' });
    });
    await fresh.liaison.post(channel, 'Depuis le nouveau', []);
    await eventually(async () => {
      const said = await nurse.liaison.messages(channel);
      expect(said.at(-1)?.text).toEqual({ state: 'open', value: 'Depuis le nouveau' });
    });
  });

  test('is let in by the camera with no digits to compare', async () => {
    const { nurse } = people;
    const fresh = await newcomer();
    const began = performance.now();
    const { address } = await fresh.liaison.askLink();
    await nurse.liaison.openLink(address);
    await untilAsked(fresh.liaison, 'granting');
    await eventually(async () => {
      expect((await nurse.liaison.linkOffered())?.state).toBe('scanned');
    });
    await nurse.liaison.grantLink();
    await untilAsked(fresh.liaison, 'linked');
    const seconds = (performance.now() - began) / 1000;
    process.stdout.write(`Linked by camera in ${seconds.toFixed(2)} s, people's taps apart.\n`);
    expect(seconds).toBeLessThan(30);
  });

  test('is not let in when either side says no, and may ask again', async () => {
    const { nurse } = people;
    const fresh = await newcomer();
    const before = (await nurse.liaison.devices()).length;
    await nurse.liaison.openLink((await fresh.liaison.askLink()).code);
    await untilAsked(fresh.liaison, 'compare');
    await fresh.liaison.compareLink(false);
    expect((await nurse.liaison.linkOffered())?.state).toBe('refused');
    await nurse.liaison.openLink((await fresh.liaison.askLink()).code);
    await nurse.liaison.refuseLink();
    await untilAsked(fresh.liaison, 'refused');
    expect((await nurse.liaison.devices()).length).toBe(before);
    expect((await fresh.liaison.session()).state).toBe('other-device');
  });

  test('accuses nobody where an answer reaches it after its code was given up', async () => {
    const { nurse } = people;
    const honest = nodeHttp(world.origin);
    const line = new EventEmitter();
    let isSlow = false;
    const http: Http = Object.assign(
      async (request: Parameters<Http>[0]) => {
        const reply = await honest(request);
        if (!isSlow || request.method !== 'GET') return reply;
        isSlow = false;
        line.emit('held');
        await once(line, 'released');
        return reply;
      },
      { cookies: honest.cookies },
    );
    const options = { origin: world.origin, http, store: new MemoryStore(), socket: false };
    const liaison = await openLiaison(options);
    await world.signIn({ ...options, liaison }, NURSE);
    await nurse.liaison.openLink((await liaison.askLink()).code);
    isSlow = true;
    const isHeld = once(line, 'held');
    const slow = liaison.linkAsked();
    await isHeld;
    await untilAsked(liaison, 'compare');
    // With the code go the keys that it was for.
    expect((await liaison.compareLink(false))?.state).toBe('refused');
    line.emit('released');
    expect(await slow).toBeNull();
    expect(await liaison.evidence()).toEqual([]);
  });

  test('finds nothing under another person’s code, nor under a code that is none', async () => {
    const { gp, nurse } = people;
    const fresh = await newcomer();
    const { code } = await fresh.liaison.askLink();
    await expect(gp.liaison.openLink(code)).rejects.toMatchObject({ code: 'link_unknown' });
    await expect(nurse.liaison.openLink('ABC')).rejects.toMatchObject({ code: 'code-wrong' });
  });
});

/** Linked by the nurse's first device, with nobody between. */
async function linked(client: Device): Promise<void> {
  const { nurse } = people;
  await world.signIn(client, NURSE);
  await nurse.liaison.openLink((await client.liaison.askLink()).address);
  await untilAsked(client.liaison, 'granting');
  await nurse.liaison.linkOffered();
  await nurse.liaison.grantLink();
  await untilAsked(client.liaison, 'linked');
}

/** What the server really keeps, past the lie. */
async function askedOf(client: Device, code: string): Promise<{ link: LinkView }> {
  const reply = await client.http({ method: 'GET', path: `/api/links/${code}` });
  return JSON.parse(new TextDecoder().decode(reply.body)) as { link: LinkView };
}

/** A device of the nurse's whose server begins to lie once `lie` is set. */
class Deceived {
  lie: ((text: string) => string) | null = null;

  constructor(readonly client: Device) {}

  static async open(): Promise<Deceived> {
    const honest = nodeHttp(world.origin);
    const http: Http = Object.assign(
      async (request: Parameters<Http>[0]) => {
        const reply = await honest(request);
        const { lie } = deceived;
        if (lie === null || !request.path.startsWith('/api/links/')) return reply;
        const text = new TextDecoder().decode(reply.body);
        return { ...reply, body: new TextEncoder().encode(lie(text)) };
      },
      { cookies: honest.cookies },
    );
    const store = new MemoryStore();
    const options = { origin: world.origin, http, store, socket: false };
    const deceived = new Deceived({ liaison: await openLiaison(options), http, store });
    return deceived;
  }
}

test('a device that was not told of a new key passes it on to the next all the same', async () => {
  const phone = (await Deceived.open()).client;
  await linked(phone);
  await people.nurse.liaison.endPosts();
  const fresh = await newcomer();
  await phone.liaison.openLink((await fresh.liaison.askLink()).address);
  await untilAsked(fresh.liaison, 'granting');
  await phone.liaison.linkOffered();
  await phone.liaison.grantLink();
  await untilAsked(fresh.liaison, 'linked');
  expect((await fresh.liaison.session()).state).toBe('ready');
});

describe('a server that swaps the new device’s keys for its own', () => {
  let phone: Deceived;
  let ghost: { readonly keys: DeviceKeys; readonly random: Hash };

  const changed = (change: (link: LinkView) => LinkView) => (text: string) =>
    JSON.stringify({ link: change(LinkView.parse((JSON.parse(text) as { link: unknown }).link)) });

  /** The server's own device in the other's place, with a commitment that it can open. */
  const swapped = changed((link) => {
    const { signingKey, sealingKey } = ghost.keys;
    const keys = { wish: 'device', code: link.ask.code, signingKey, sealingKey } as const;
    const ask = { ...keys, commitment: linkCommitment(world.origin as Origin, keys, ghost.random) };
    const reveal = link.reveal && { ...link.reveal, random: ghost.random };
    return { ...link, ask, reveal };
  });

  /** The answer for the ghost, made over so that the new device finds its own keys in it. */
  const madeOver = (keys: DeviceKeys) =>
    changed((link) => {
      if (link.answer === null) return link;
      const statement = JSON.parse(link.answer.text) as { payload: { keys: unknown } };
      statement.payload.keys = keys;
      return { ...link, answer: { ...link.answer, text: canonical(statement) } };
    });

  beforeAll(async () => {
    ghost = { keys: newDevice().keys, random: randomText() };
    phone = await Deceived.open();
    await linked(phone.client);
    phone.lie = swapped;
  });

  test('is caught by the new device where it passes the answer on as it is', async () => {
    const fresh = await newcomer();
    await phone.client.liaison.openLink((await fresh.liaison.askLink()).code);
    await expect(fresh.liaison.linkAsked()).rejects.toMatchObject({ code: 'link-altered' });
    expect((await fresh.liaison.evidence()).map(({ code }) => code)).toEqual(['link-altered']);
    expect(await fresh.liaison.linkAsked()).toBeNull();
  });

  test('shows other digits on one screen than on the other where it lies to both', async () => {
    const fresh = await Deceived.open();
    await world.signIn(fresh.client, NURSE);
    const { code } = await fresh.client.liaison.askLink();
    const { link } = await askedOf(fresh.client, code);
    const { signingKey, sealingKey } = link.ask;
    const device = hash(deviceIdHashed(signingKey, sealingKey)) as string as DeviceId;
    fresh.lie = madeOver({ device, signingKey, sealingKey, kind: 'durable' });
    await phone.client.liaison.openLink(code);
    const seen = await untilAsked(fresh.client.liaison, 'compare');
    const offer = await phone.client.liaison.linkOffered();
    expect([offer?.state, seen.state]).toEqual(['compare', 'compare']);
    expect(seen.digits).not.toBe(offer?.digits);
  });

  test('is caught by the camera before anything is answered', async () => {
    const fresh = await newcomer();
    const { address } = await fresh.liaison.askLink();
    const { liaison } = phone.client;
    await expect(liaison.openLink(address)).rejects.toMatchObject({ code: 'link-altered' });
    expect((await liaison.evidence()).map(({ code }) => code)).toEqual(['link-altered']);
    expect((await fresh.liaison.linkAsked())?.state).toBe('waiting');
  });
});
