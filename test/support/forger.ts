/**
 * Somebody with a real session and real keys who sends what no SDK would: items bent after they
 * were signed, or signed again after they were bent. It reaches below the SDK's face on purpose.
 */
import { randomUUID } from 'node:crypto';
import { fromBase64Url } from '@liaison/contract/bytes';
import { canonical } from '@liaison/contract/encoding';
import type { ProblemBody } from '@liaison/contract/errors';
import type { CircleId, MemberId } from '@liaison/contract/ids';
import type { ItemHeader, NewItem, Receipt } from '@liaison/contract/item';
import { REQUEST_MARK } from '@liaison/contract/session';
import { itemSigned } from '@liaison/contract/signing';
import { sign } from '@liaison/sdk/crypto/signing';
import type { Engine } from '@liaison/sdk/engine';
import type { Http } from '@liaison/sdk/http';
import type { Liaison } from '@liaison/sdk/liaison';
import type { Act, EntryStep } from '@liaison/sdk/sync/act';
import type { Carrier } from '@liaison/sdk/sync/outbox';

export interface Answer {
  readonly status: number;
  readonly body: Partial<ProblemBody> & { readonly receipts?: readonly Receipt[] };
  readonly text: string;
}

type Bend = (header: ItemHeader) => Partial<Record<keyof ItemHeader | 'surprise', unknown>>;

export class Forger {
  readonly #engine: Engine;

  constructor(
    readonly liaison: Liaison,
    private readonly http: Http,
    private readonly as: MemberId,
  ) {
    this.#engine = Reflect.get(liaison, 'engine') as Engine;
  }

  async call(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const raw = body instanceof Uint8Array || typeof body === 'string';
    const reply = await this.http({
      method,
      path,
      headers: {
        [REQUEST_MARK.name]: REQUEST_MARK.value,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    });
    const text = Buffer.from(reply.body).toString();
    return { status: reply.status, text, body: text.startsWith('{') ? JSON.parse(text) : {} };
  }

  submit(...items: readonly NewItem[]): Promise<Answer> {
    return this.call('POST', '/api/submissions', { items });
  }

  /** A message as the SDK would sign it now. It is not sent. */
  message(circle: CircleId, text = 'Bonjour'): Promise<NewItem> {
    const facts = { mentions: [], replyTo: null, attachments: [] };
    return this.entry(circle, 'message.posted', facts, { text, attachments: [] });
  }

  /** An entry of any kind, signed as of now and not sent. */
  async entry(
    circle: CircleId,
    kind: EntryStep['kind'],
    facts: EntryStep['facts'],
    body: unknown,
  ): Promise<NewItem> {
    const step: EntryStep = { do: 'entry', circle, id: this.#engine.newId(), kind, facts, body };
    const act = { id: randomUUID(), lane: circle, as: this.as, steps: [step] } as unknown as Act;
    const carrier = Reflect.get(this.#engine.outbox, 'carrier') as Carrier;
    const { items } = await carrier.sign(act);
    const [item] = items;
    if (item === undefined) throw new Error('Nothing was signed.');
    return item;
  }

  /** The same item with another header, rightly signed by this device. */
  bent(item: NewItem, bend: Bend): NewItem {
    const header = JSON.parse(item.text) as ItemHeader;
    const text = canonical({ ...header, ...bend(header) });
    const { secretKey } = this.#engine.vault.device().signing;
    const signature = sign(secretKey, itemSigned(this.#engine.ground.origin, text));
    return { ...item, text, signature };
  }

  fileOf(handoff: CircleId): Promise<CircleId> {
    return this.#engine.library.book(handoff).then(({ state }) => {
      if (!state?.linked) throw new Error('The handoff has no file here.');
      return state.linked;
    });
  }
}

/** One bit of the signature changed. */
export function altered(item: NewItem): NewItem {
  const bytes = fromBase64Url(item.signature);
  bytes[3] = (bytes[3] ?? 0) ^ 1;
  return { ...item, signature: Buffer.from(bytes).toString('base64url') as NewItem['signature'] };
}
