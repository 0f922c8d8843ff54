/**
 * Carries signed acts to the server and brings back what came of them: receipts are verified and
 * kept, own items are applied at once where they are next, and files go along.
 */
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import type { CircleId } from '@liaison/contract/ids';
import type { ItemHeader, NewItem, Receipt, WireItem } from '@liaison/contract/item';
import type { Profession } from '@liaison/contract/profession';
import { LIMITS } from '@liaison/contract/limits';
import { receiptSigned } from '@liaison/contract/signing';
import { type Attachments, forgetChunks } from '../attachments.js';
import type { Keyring } from '../circles/keyring.js';
import type { Library } from '../circles/library.js';
import type { Teams } from '../circles/teams.js';
import { verifyStrict } from '../crypto/signing.js';
import { changesIn } from '../changes.js';
import { dropDraft } from '../drafts.js';
import type { EvidenceRoom } from '../evidence.js';
import type { Change } from '../face.js';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import type { Instances } from '../instance.js';
import type { People } from '../people.js';
import type { Self } from '../self.js';
import type { Transaction } from '../store/store.js';
import { type Act, circleOf, type DoneAct, type SignedAct } from './act.js';
import type { Intake } from './intake.js';
import type { Carrier } from './outbox.js';
import type { Planner } from './planner.js';
import type { Sync } from './sync.js';

export interface CarrierParts {
  readonly ground: Ground;
  readonly library: Library;
  readonly planner: Planner;
  readonly intake: Intake;
  readonly sync: Sync;
  readonly people: People;
  readonly teams: Teams;
  readonly keyring: Keyring;
  readonly attachments: Attachments;
  readonly instances: Instances;
  readonly evidence: EvidenceRoom;
  readonly self: Self;
}

export class Courier implements Carrier {
  constructor(private readonly parts: CarrierParts) {}

  role(): Profession {
    return this.parts.self.profession;
  }

  sign(act: Act): Promise<SignedAct> {
    return this.parts.planner.sign(act);
  }

  async send(act: Act, signed: SignedAct): Promise<DoneAct> {
    await this.#upload(act, signed);
    const receipts = await this.#submit(act, signed.items);
    return { created: signed.created, receipts };
  }

  async refresh(act: Act): Promise<void> {
    const { sync, people, teams, keyring, self } = this.parts;
    keyring.forgetAnswers();
    teams.distrust();
    // Whose key moved since the tree was read would be sealed to their old one at every try.
    await people.refresh([self.person()], 0);
    await people.forget(self.person());
    for (const team of await self.groups()) await sync.catchUp(team);
    const circles = act.steps.flatMap((step) => (step.do === 'create' ? [] : [step.circle]));
    for (const circle of new Set(circles)) {
      if (!circle.startsWith('@')) await sync.catchUp(circle as CircleId);
    }
  }

  async settled(tx: Transaction, act: Act): Promise<void> {
    if (act.draft !== undefined) await dropDraft(tx, act.draft);
    for (const id of act.uploads?.ids ?? []) await forgetChunks(tx, id);
  }

  touched(act: Act): readonly Change[] {
    const circles = act.steps.flatMap((step) => (step.do === 'create' ? [] : [step.circle]));
    const known = [...new Set(circles)].filter((ref) => !ref.startsWith('@')) as CircleId[];
    const { library } = this.parts;
    const moved = known.flatMap((circle) => changesIn(circle, library.kindOf(circle)));
    return act.draft === undefined ? moved : [...moved, { what: 'handoffs' }];
  }

  async #upload({ uploads }: Act, { created }: SignedAct): Promise<void> {
    if (uploads === undefined) return;
    const circle = circleOf(created, uploads.circle);
    for (const id of uploads.ids) await this.parts.attachments.upload(circle, id);
  }

  async #submit(act: Act, items: readonly NewItem[]): Promise<Receipt[]> {
    if (items.length === 0 && act.identity === undefined) return [];
    const { ground, people, self } = this.parts;
    const { identity } = act;
    const sent = identity && {
      statements: [...identity.statements],
      copies: [...identity.copies],
    };
    const body = { items: [...items], ...(sent && { identity: sent }) };
    const { receipts } = await ground.api.call(CIRCLE_ROUTES.submit, { body });
    await this.#check(items, receipts);
    if (identity !== undefined) await people.forget(self.person());
    await this.#takeOwn(items, receipts);
    await this.#stand(items, receipts);
    return receipts;
  }

  async #check(items: readonly NewItem[], receipts: readonly Receipt[]): Promise<void> {
    const { ground, instances, intake } = this.parts;
    if (receipts.length !== items.length) {
      await this.#broken(null, 'not one for each item', { items, receipts });
    }
    const { logKey } = await instances.pinned();
    for (const [i, receipt] of receipts.entries()) {
      const { circle, k, h, at, signature } = receipt;
      if (isDatedBack(items[i], at)) {
        await this.#broken(circle, 'dated before what it is a receipt of', receipt);
      }
      const signed = receiptSigned(ground.origin, circle, { k, h }, at);
      if (verifyStrict(logKey, signed, signature)) continue;
      await this.#broken(circle, 'the server’s signature is wrong', receipt);
    }
    await intake.expect(receipts);
  }

  /**
   * A true receipt of something else says nothing of our items: each stands where it is said to.
   */
  async #stand(items: readonly NewItem[], receipts: readonly Receipt[]): Promise<void> {
    for (const [i, receipt] of receipts.entries()) {
      const book = await this.parts.library.book(receipt.circle);
      const there = book.items[receipt.k]?.header.id;
      const { id } = JSON.parse(items[i]?.text ?? '{}') as Partial<ItemHeader>;
      if (there === undefined || there === id) continue;
      await this.#broken(receipt.circle, 'another item stands there', receipt);
    }
  }

  async #broken(circle: CircleId | null, why: string, exhibits: unknown): Promise<never> {
    await this.parts.evidence.record(circle, 'receipt-broken', why, exhibits);
    throw new Fault('receipt-broken', why);
  }

  /** Receipts stand in the order of the items: what is next is applied without asking again. */
  async #takeOwn(items: readonly NewItem[], receipts: readonly Receipt[]): Promise<void> {
    const wires = items.flatMap(({ text, signature, body }, i): WireItem[] => {
      const receipt = receipts[i];
      if (receipt === undefined) return [];
      return [{ circle: receipt.circle, k: receipt.k, text, signature, body, at: receipt.at }];
    });
    for (const circle of new Set(wires.map((wire) => wire.circle))) {
      const own = wires.filter((wire) => wire.circle === circle);
      if ((await this.parts.intake.take(circle, own)) !== 'all')
        await this.parts.sync.catchUp(circle);
    }
  }
}

/** A server refuses what is dated further ahead: so it took nothing so much earlier. */
function isDatedBack(item: NewItem | undefined, takenAt: number): boolean {
  const { at } = JSON.parse(item?.text ?? '{}') as Partial<ItemHeader>;
  return at !== undefined && takenAt + LIMITS.clockSkewMs.value < at;
}
