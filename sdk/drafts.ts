/**
 * Drafts of handoffs, and words of conversations that were not sent yet: on this device only, in
 * the store's wrapped part. Saved at each change, so the bytes of attachments are kept apart and
 * written once.
 */
import { fromBase64Url, toBase64Url } from '@liaison/contract/bytes';
import type { CircleId, Hash, Uuid } from '@liaison/contract/ids';
import { bodyHashed } from '@liaison/contract/signing';
import { hash } from './crypto/hash.js';
import type { AskDraft } from './face.care.js';
import type { HandoffDraft, NewAttachment, Unsent } from './face.js';
import type { Ground } from './ground.js';
import type { Transaction } from './store/store.js';

interface KeptAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Hash;
}

type AnyDraft = HandoffDraft | AskDraft;

/** A draft whose files stand apart. */
type Kept<Draft extends AnyDraft> = Omit<Draft, 'attachments'> & {
  readonly attachments: readonly KeptAttachment[];
};

const unsentKey = (circle: CircleId, what: Unsent): string =>
  what === 'message' ? `unsent/${circle}` : `unsent/${circle}/${what}`;
const DRAFTS = 'draft/';
/** Of the kinds that are asked. */
const ASKS = 'ask/';
const fileKey = (id: Uuid, bytes: Hash): string => `file/${id}/${bytes}`;

export class Drafts {
  constructor(private readonly ground: Ground) {}

  all(): Promise<HandoffDraft[]> {
    return this.#all<HandoffDraft>(DRAFTS);
  }

  asks(): Promise<AskDraft[]> {
    return this.#all<AskDraft>(ASKS);
  }

  save(draft: HandoffDraft): Promise<void> {
    return this.#save(DRAFTS, draft);
  }

  saveAsk(draft: AskDraft): Promise<void> {
    return this.#save(ASKS, draft);
  }

  async #all<Draft extends AnyDraft>(prefix: string): Promise<Draft[]> {
    const rows = await this.ground.store.scan<Kept<Draft>>('drafts', prefix);
    const drafts = await Promise.all(rows.map(([, kept]) => this.#whole<Draft>(kept)));
    return drafts.sort((a, b) => b.savedAt - a.savedAt);
  }

  async #save(prefix: string, draft: AnyDraft): Promise<void> {
    const files = draft.attachments.map((file) => ({ file, id: hash(bodyHashed(file.bytes)) }));
    const attachments = files.map(({ file, id }) => {
      return { name: file.name, mediaType: file.mediaType, bytes: id };
    });
    await this.ground.store.transaction(async (tx) => {
      tx.put('drafts', `${prefix}${draft.id}`, { ...draft, attachments });
      await this.#keepFiles(tx, draft.id, files);
    });
  }

  async drop(id: Uuid): Promise<void> {
    await this.ground.store.transaction((tx) => dropDraft(tx, id));
  }

  /** What is being written in a conversation. */
  async unsent(circle: CircleId, what: Unsent = 'message'): Promise<string> {
    return (await this.ground.store.get<string>('drafts', unsentKey(circle, what))) ?? '';
  }

  async keepUnsent(circle: CircleId, text: string, what: Unsent = 'message'): Promise<void> {
    const key = unsentKey(circle, what);
    await this.ground.store.transaction((tx) => {
      if (text === '') tx.delete('drafts', key);
      else tx.put('drafts', key, text);
    });
  }

  async #keepFiles(
    tx: Transaction,
    draft: Uuid,
    files: readonly { readonly file: NewAttachment; readonly id: Hash }[],
  ): Promise<void> {
    const wanted = new Map(files.map(({ file, id }) => [fileKey(draft, id), file.bytes]));
    const kept = await tx.scan<string>('drafts', `file/${draft}/`);
    for (const [key] of kept) if (!wanted.delete(key)) tx.delete('drafts', key);
    for (const [key, bytes] of wanted) tx.put('drafts', key, toBase64Url(bytes));
  }

  async #whole<Draft extends AnyDraft>(kept: Kept<Draft>): Promise<Draft> {
    const files = kept.attachments.map(async ({ name, mediaType, bytes }) => {
      const text = await this.ground.store.get<string>('drafts', fileKey(kept.id, bytes));
      return { name, mediaType, bytes: fromBase64Url(text ?? '') };
    });
    return { ...kept, attachments: await Promise.all(files) } as unknown as Draft;
  }
}

/** Forgets a draft and its files, inside the transaction that made it a handoff. */
export async function dropDraft(tx: Transaction, id: Uuid): Promise<void> {
  for (const prefix of [DRAFTS, ASKS]) tx.delete('drafts', `${prefix}${id}`);
  for (const [key] of await tx.scan('drafts', `file/${id}/`)) tx.delete('drafts', key);
}
