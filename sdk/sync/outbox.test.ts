/**
 * What a real server cannot be made to do at will: lose its answer, be away for a while, refuse
 * twice. The carrier is a stand-in for that reason; everything else is the outbox itself.
 */
import { describe, expect, test } from '@jest/globals';
import { type ErrorCode, Problem } from '@liaison/contract/errors';
import type { CircleId, MemberId, Origin, Uuid } from '@liaison/contract/ids';
import type { Profession } from '@liaison/contract/profession';
import { Api } from '../api.js';
import { Changes } from '../changes.js';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import { Reach } from '../reach.js';
import { MemoryStore } from '../store/memory.store.js';
import type { Act, SignedAct } from './act.js';
import { type Carrier, Outbox } from './outbox.js';

const changes = new Changes();

const unseen: Ground['aside'] = (work) => void work;

const ground = (store = new MemoryStore(), aside = unseen): Ground => ({
  origin: 'http://localhost:1' as Origin,
  api: new Api(() => Promise.reject(new Error('no server in this test'))),
  store,
  changes,
  reach: new Reach(changes, () => 1),
  clock: () => 1,
  aside,
});

const act = (id: string, lane = 'lane'): Act => ({
  id: id as Uuid,
  lane,
  as: 'p.x' as MemberId,
  steps: [],
  draft: id as Uuid,
});

type Trouble = 'lost' | ErrorCode;

/** Meets its troubles one after the other, then takes everything. */
class TroubledCarrier implements Carrier {
  readonly sent: string[] = [];
  readonly texts: string[] = [];
  signatures = 0;
  refreshes = 0;
  /** What catching up after a refusal meets. */
  broken: Error | null = null;

  constructor(private readonly troubles: Trouble[] = []) {}

  role(): Profession {
    return '60';
  }

  sign(one: Act): Promise<SignedAct> {
    this.signatures += 1;
    const text = `${one.id}#${String(this.signatures)}`;
    return Promise.resolve({ items: [{ text } as never], created: {} });
  }

  send(one: Act, signed: SignedAct) {
    this.texts.push(signed.items[0]?.text ?? '');
    const trouble = this.troubles.shift();
    if (trouble === 'lost') return Promise.reject(new Fault('offline', 'cut'));
    if (trouble !== undefined) return Promise.reject(new Problem(trouble));
    this.sent.push(one.id);
    return Promise.resolve({ created: {}, receipts: [] });
  }

  refresh(): Promise<void> {
    this.refreshes += 1;
    return this.broken === null ? Promise.resolve() : Promise.reject(this.broken);
  }

  settled() {
    return Promise.resolve();
  }

  touched() {
    return [];
  }
}

describe('the outbox', () => {
  test('keeps the order of a lane', async () => {
    const carrier = new TroubledCarrier();
    const outbox = new Outbox(ground(), carrier);
    await Promise.all(['a', 'b', 'c'].map((id) => outbox.submit(act(id))));
    expect(carrier.sent).toEqual(['a', 'b', 'c']);
    expect(outbox.waiting()).toEqual([]);
  });

  test('sends the very same bytes again when the answer was lost', async () => {
    const carrier = new TroubledCarrier(['lost', 'lost']);
    const outbox = new Outbox(ground(), carrier);
    const done = outbox.submit(act('a'));
    await outbox.idle();
    expect(outbox.waiting()).toHaveLength(1);
    outbox.run();
    await outbox.idle();
    outbox.run();
    await done;
    expect(carrier.texts).toEqual(['a#1', 'a#1', 'a#1']);
  });

  test('signs again on what has moved, and only so often', async () => {
    const carrier = new TroubledCarrier(['members_moved', 'epoch_stale']);
    const outbox = new Outbox(ground(), carrier);
    await outbox.submit(act('a'));
    expect(carrier.texts).toEqual(['a#1', 'a#2', 'a#3']);
    expect(carrier.refreshes).toBe(2);
    const stubborn = new TroubledCarrier(Array.from({ length: 50 }, () => 'members_moved'));
    const other = new Outbox(ground(), stubborn);
    await expect(other.submit(act('b'))).rejects.toMatchObject({ code: 'members_moved' });
    expect(stubborn.texts.length).toBeLessThan(10);
    expect(other.waiting()[0]?.refusal).toBe('members_moved');
  });

  test('a file that was swept meanwhile is sent again, one that is too large is not', async () => {
    const swept = new TroubledCarrier(['attachment_incomplete']);
    await new Outbox(ground(), swept).submit(act('a'));
    expect(swept.sent).toEqual(['a']);
    const large = new TroubledCarrier(['request_too_large']);
    const outbox = new Outbox(ground(), large);
    await expect(outbox.submit(act('b'))).rejects.toMatchObject({ code: 'request_too_large' });
    expect(large.texts).toHaveLength(1);
    expect(outbox.waiting()[0]?.refusal).toBe('request_too_large');
  });

  test('a refused act stays for another try and does not hold back the next one', async () => {
    const carrier = new TroubledCarrier(['item_not_allowed']);
    const outbox = new Outbox(ground(), carrier);
    await expect(outbox.submit(act('a'))).rejects.toMatchObject({ code: 'item_not_allowed' });
    await outbox.submit(act('b'));
    expect(carrier.sent).toEqual(['b']);
    const again = outbox.outcomeOf('a');
    await outbox.retry('a');
    await again;
    expect(carrier.sent).toEqual(['b', 'a']);
  });

  test('a restart finds what was signed and sends it as it was', async () => {
    const store = new MemoryStore();
    const first = new Outbox(ground(store), new TroubledCarrier(['lost']));
    await first.put(act('a'));
    await first.idle();
    first.close();
    const carrier = new TroubledCarrier();
    const second = new Outbox(ground(store), carrier);
    await second.open();
    const done = second.outcomeOf('a');
    second.run();
    await done;
    expect(carrier.texts).toEqual(['a#1']);
    expect(carrier.signatures).toBe(0);
  });

  test('a log that does not hold is shown, holds up no other lane, and is tried again', async () => {
    const carrier = new TroubledCarrier(['members_moved']);
    carrier.broken = new Fault('log-broken', 'another past');
    let show: (error: unknown) => void;
    const shown = new Promise<unknown>((resolve) => {
      show = resolve;
    });
    const aside = (work: Promise<unknown>): void => {
      work.catch((error: unknown) => {
        show(error);
      });
    };
    const outbox = new Outbox(ground(new MemoryStore(), aside), carrier);
    const done = outbox.submit(act('a'));
    expect(await shown).toBe(carrier.broken);
    await outbox.idle();
    expect(outbox.waiting()).toMatchObject([{ id: 'a', attempts: 1, refusal: null }]);
    carrier.broken = null;
    await outbox.submit(act('b', 'other'));
    await done;
    expect([...carrier.sent].sort()).toEqual(['a', 'b']);
    outbox.close();
  });

  test('a closed outbox refuses at once what nobody would settle', async () => {
    const outbox = new Outbox(ground(), new TroubledCarrier());
    outbox.close();
    outbox.part();
    await expect(outbox.submit(act('a'))).rejects.toMatchObject({ code: 'offline' });
    expect(outbox.waiting()).toEqual([]);
  });

  test('lanes do not wait for each other, and one act is never kept twice', async () => {
    const carrier = new TroubledCarrier();
    const outbox = new Outbox(ground(), carrier);
    const circle = 'c' as CircleId;
    await Promise.all([outbox.submit(act('a', circle)), outbox.submit(act('a', circle))]);
    await outbox.submit(act('b', 'other'));
    expect(carrier.sent).toEqual(['a', 'b']);
  });
});
