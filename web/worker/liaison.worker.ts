/**
 * The worker that holds keys, sealed store and socket. Screens never see a key: they call the
 * SDK's face through this bridge and get plain views back.
 */
import { InstancePins } from '@liaison/contract/instance';
import { Problem } from '@liaison/contract/errors';
import { Fault } from '@liaison/sdk/fault';
import { browserHttp } from '@liaison/sdk/http-browser';
import { type Liaison, openLiaison } from '@liaison/sdk/liaison';
import { StoreShut } from '@liaison/sdk/store/latch';
import { IndexedDbStore } from '@liaison/sdk/store/indexed-db.store';
import { MemoryStore } from '@liaison/sdk/store/memory.store';
import { expose } from 'comlink';
import { ownDeviceName } from './device-name.js';
import type { Bridge, FaceCall, Outcome } from './bridge.js';

let open: (keep: 'disk' | 'memory') => void = () => undefined;
const kept = new Promise<'disk' | 'memory'>((resolve) => (open = resolve));

/** Put in by the build from web/pins.json; null where there is none (see docs/operations.md). */
declare const LIAISON_PINS: unknown;

const opening: Promise<Liaison> = (async () =>
  openLiaison({
    origin: self.location.origin,
    http: browserHttp(self.location.origin),
    store: (await kept) === 'memory' ? new MemoryStore() : await IndexedDbStore.open('liaison'),
    socket: true,
    pins: InstancePins.nullable().parse(LIAISON_PINS),
    storeFirst: true,
    deviceName: ownDeviceName(navigator.userAgent),
  }))();

// What the browser knows of the network it tells at once: a poll would be seconds later.
for (const event of ['online', 'offline'] as const) {
  self.addEventListener(event, () => void opening.then((liaison) => liaison.refresh()));
}

async function invoke(name: FaceCall, args: readonly unknown[]): Promise<unknown> {
  const face = await opening;
  const methods = face as unknown as Record<FaceCall, (...given: unknown[]) => Promise<unknown>>;
  return methods[name](...args);
}

const bridge: Bridge = {
  open(keep) {
    open(keep);
    return Promise.resolve();
  },
  async call(name, args): Promise<Outcome> {
    try {
      return { ok: true, value: await invoke(name, args) };
    } catch (cause) {
      if (cause instanceof Problem) return { ok: false, code: cause.code, detail: cause.detail };
      if (cause instanceof Fault) return { ok: false, code: cause.code, detail: cause.why };
      if (cause instanceof StoreShut) return { ok: false, code: 'store-shut', detail: undefined };
      const detail = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
      return { ok: false, code: 'internal_error', detail };
    }
  },
  async listen(listener) {
    const face = await opening;
    await face.onChange(listener);
  },
};

expose(bridge);
