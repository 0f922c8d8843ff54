/**
 * The one write path of circles: reads and verifies what was submitted, has it appended, and
 * answers with signed receipts. What is durable is pushed; a lost push is found by its number.
 */
import { fromBase64Url } from '@liaison/contract/bytes';
import { Problem } from '@liaison/contract/errors';
import type { Origin, PersonId } from '@liaison/contract/ids';
import type { NewItem, Receipt } from '@liaison/contract/item';
import type { Profession } from '@liaison/contract/profession';
import { itemSigned, receiptSigned } from '@liaison/contract/signing';
import { Injectable } from '@nestjs/common';
import type { Statements } from '../devices/identity.append.js';
import type { LogOwner } from '../devices/log.owner.js';
import { IdentityLogs } from '../devices/identity.logs.js';
import type { IdentityView } from '../devices/identity.view.js';
import { signerKeyIn } from '../devices/leases.js';
import { Committed } from '../events/committed.js';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { verifyStrictAside } from '../platform/signatures/ed25519.js';
import { LogKey } from '../transparency/log-key.js';
import { AppendQueue } from './append.queue.js';
import type { Appended } from './append.transaction.js';
import { CitedHeads } from './cited-heads.js';
import { type Place, toWire } from './placed-item.js';
import { framesOf } from './pushed.frames.js';
import { type PreparedItem, prepareItem } from './prepared-item.js';

export type Submitter = LogOwner & {
  readonly person: PersonId;
  /** In which they may act. */
  readonly professions: readonly Profession[];
};

@Injectable()
export class Submissions {
  private readonly origin: Origin;

  constructor(
    private readonly database: Database,
    private readonly logs: IdentityLogs,
    private readonly queue: AppendQueue,
    private readonly committed: Committed,
    private readonly logKey: LogKey,
    private readonly cited: CitedHeads,
    private readonly clock: Clock,
    config: Config,
  ) {
    this.origin = config.publicOrigin as Origin;
    queue.onAppended((appended) => this.push(appended));
  }

  /** Appends all items or none. Sent again, it gives the same receipts and changes nothing. */
  async submit(
    owner: Submitter,
    items: readonly NewItem[],
    identity: Statements | null,
  ): Promise<Receipt[]> {
    const by = { origin: this.origin, person: owner.person, now: this.clock.now() };
    const prepared = items.map((item) => prepareItem(item, by));
    await this.verify(owner.person, prepared);
    for (const item of prepared) mustHoldRole(owner, item);
    const places = await this.queue.submit({ owner, items: prepared, identity });
    return Promise.all(places.map((place) => this.receipt(place)));
  }

  private async verify(person: PersonId, items: readonly PreparedItem[]): Promise<void> {
    const view = await this.viewOf(person, items);
    const right = await Promise.all(items.map((item) => this.isSigned(view, item)));
    if (right.includes(false)) throw new Problem('signature_invalid');
    for (const { header } of items) await this.cited.check(header);
  }

  /** A device's id names its keys for ever, so what is remembered is right when it is there. */
  private async viewOf(person: PersonId, items: readonly PreparedItem[]): Promise<IdentityView> {
    const known = this.logs.remembered(person);
    const all = known && items.every(({ header }) => signerKeyIn(known, header) !== null);
    const view = all ? known : await this.logs.view(this.database, person);
    if (view === null) throw new Problem('device_unknown');
    return view;
  }

  private isSigned(view: IdentityView, { header, text, signature }: PreparedItem) {
    const key = signerKeyIn(view, header);
    if (key === null) throw new Problem('device_unknown');
    const said = itemSigned(this.origin, text);
    return verifyStrictAside(fromBase64Url(key), said, fromBase64Url(signature));
  }

  private async receipt({ circle, k, h, at }: Place): Promise<Receipt> {
    const said = receiptSigned(this.origin, circle, { k, h }, at);
    return { circle, k, h, at: at, signature: await this.logKey.signAside(said) };
  }

  private push({ placed, people, changed }: Appended): void {
    for (const items of framesOf(placed.map(toWire))) {
      const to = people.get(items[0].circle) ?? [];
      if (to.length > 0) this.committed.publish({ event: 'items', payload: items, people: to });
    }
    if (changed.size > 0) {
      this.committed.publish({ event: 'circles', payload: {}, people: [...changed] });
    }
  }
}

/** Nobody signs as a doctor who signed in as a nurse; `other` claims nothing. */
function mustHoldRole({ professions }: Submitter, { header }: PreparedItem): void {
  const holds = header.as === 'other' || professions.includes(header.as);
  if (!holds) throw new Problem('not_allowed', 'acting role');
}
