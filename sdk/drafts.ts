/**
 * Drafts of handoffs, and words of conversations that were not sent yet: on this device only, in
 * the store's wrapped part. Saved at each change, so the bytes of attachments are kept apart and
 * written once.
 */
import { fromBase64Url, toBase64Url } from '@liaison/contract/bytes';
import type { CircleId, Hash, Uuid } from '@liaison/contract/ids';
import { bodyHashed } from '@liaison/contract/signing';
import { hash } from './crypto/hash.js';
import type { HandoffDraft, NewAttachment } from './face.js';
import type { Ground } from './ground.js';
import type { Transaction } from './store/store.js';

interface KeptAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Hash;
}

interface KeptDraft extends Omit<HandoffDraft, 'attachments'> {
  readonly attachments: readonly KeptAttachment[];
}

const unsentKey = (circle: CircleId): string => `unsent/${circle}`;
const draftKey = (id: Uuid): string => `draft/${id}`;
const fileKey = (id: Uuid, bytes: Hash): string => `file/${id}/${bytes}`;

export class Drafts {
  constructor(private readonly ground: Ground) {}

  async all(): Promise<HandoffDraft[]> {
    const rows = await this.ground.store.scan<KeptDraft>('drafts', 'draft/');
    const drafts = await Promise.all(rows.map(([, kept]) => this.#whole(kept)));
    return drafts.sort((a, b) => b.savedAt - a.savedAt);
  }

  async save(draft: HandoffDraft): Promise<void> {
    const files = draft.attachments.map((file) => ({ file, id: hash(bodyHashed(file.bytes)) }));
    const attachments = files.map(({ file, id }) => {
      return { name: file.name, mediaType: file.mediaType, bytes: id };
    });
    await this.ground.store.transaction(async (tx) => {
      tx.put('drafts', draftKey(draft.id), { ...draft, attachments });
      await this.#keepFiles(tx, draft.id, files);
    });
  }

  async drop(id: Uuid): Promise<void> {
    await this.ground.store.transaction((tx) => dropDraft(tx, id));
  }

  /** What is being written in a conversation. */
  async unsent(circle: CircleId): Promise<string> {
    return (await this.ground.store.get<string>('drafts', unsentKey(circle))) ?? '';
  }

  async keepUnsent(circle: CircleId, text: string): Promise<void> {
    await this.ground.store.transaction((tx) => {
      if (text === '') tx.delete('drafts', unsentKey(circle));
      else tx.put('drafts', unsentKey(circle), text);
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

  async #whole(kept: KeptDraft): Promise<HandoffDraft> {
    const files = kept.attachments.map(async ({ name, mediaType, bytes }) => {
      const text = await this.ground.store.get<string>('drafts', fileKey(kept.id, bytes));
      return { name, mediaType, bytes: fromBase64Url(text ?? '') };
    });
    return { ...kept, attachments: await Promise.all(files) };
  }
}

/** Forgets a draft and its files, inside the transaction that made it a handoff. */
export async function dropDraft(tx: Transaction, id: Uuid): Promise<void> {
  tx.delete('drafts', draftKey(id));
  for (const [key] of await tx.scan('drafts', `file/${id}/`)) tx.delete('drafts', key);
}
