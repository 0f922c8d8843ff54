/**
 * Files of an entry: sealed here in chunks, uploaded resumably, opened here again. Sealed chunks
 * wait in the outbox's table, so that a send survives a restart; plain bytes are never kept here.
 */
import {
  ATTACHMENT_ROUTES,
  AttachmentRef,
  type AttachmentStatus,
} from '@liaison/contract/attachment';
import { fromBase64Url, toBase64Url } from '@liaison/contract/bytes';
import type { CircleId, EntryId, Uuid } from '@liaison/contract/ids';
import { openFile, sealFile } from './crypto/attachment.js';
import type { NewAttachment } from './face.js';
import { Fault } from './fault.js';
import type { Ground } from './ground.js';
import type { Transaction } from './store/store.js';

const CHUNKS = 'chunk/';
const chunkKey = (id: Uuid, chunk: number): string =>
  `${CHUNKS}${id}/${String(chunk).padStart(5, '0')}`;

export class Attachments {
  constructor(
    private readonly ground: Ground,
    private readonly newId: () => EntryId,
  ) {}

  /** Seals files and keeps their chunks until they are uploaded. */
  async seal(files: readonly NewAttachment[]): Promise<AttachmentRef[]> {
    const refs: AttachmentRef[] = [];
    for (const file of files) refs.push(await this.#sealOne(file));
    return refs;
  }

  /** Forgets chunks that no act needs: a crash came between the sealing and the keeping. */
  async sweep(needed: readonly Uuid[]): Promise<void> {
    const wanted = new Set<string>(needed);
    const rows = await this.ground.store.scan('outbox', CHUNKS);
    const left = rows.filter(([key]) => !wanted.has(key.split('/')[1] ?? ''));
    if (left.length === 0) return;
    await this.ground.store.transaction((tx) => {
      for (const [key] of left) tx.delete('outbox', key);
    });
  }

  /** Uploads what the server still misses. Doing it again changes nothing. */
  async upload(circle: CircleId, attachment: Uuid): Promise<void> {
    const rows = await this.ground.store.scan<string>('outbox', `chunk/${attachment}/`);
    if (rows.length === 0) return;
    const sealed = rows.map(([, text]) => fromBase64Url(text));
    const sealedBytes = sealed.reduce((sum, chunk) => sum + chunk.length, 0);
    const status = await this.ground.api.call(ATTACHMENT_ROUTES.openAttachment, {
      body: { attachment, circle, chunks: sealed.length, sealedBytes },
    });
    await this.#putMissing(status, sealed);
  }

  async read(ref: AttachmentRef): Promise<Uint8Array> {
    const sealed: Uint8Array[] = [];
    for (let chunk = 0; chunk < ref.chunks; chunk++) {
      const params = { attachment: ref.id, chunk };
      sealed.push(await this.ground.api.bytes(ATTACHMENT_ROUTES.getChunk, { params }));
    }
    const file = openFile(ref.id, ref, sealed);
    if (!file.ok) throw new Fault('file-broken', file.why);
    return file.bytes;
  }

  async #sealOne({ name, mediaType, bytes }: NewAttachment): Promise<AttachmentRef> {
    const id = this.newId() as string as Uuid;
    const { sealed, ...seal } = sealFile(id, bytes);
    await this.ground.store.transaction((tx) => {
      for (const [i, chunk] of sealed.entries())
        tx.put('outbox', chunkKey(id, i), toBase64Url(chunk));
    });
    return { id, name, mediaType: knownType(mediaType), ...seal };
  }

  async #putMissing(status: AttachmentStatus, sealed: readonly Uint8Array[]): Promise<void> {
    for (const chunk of status.missing) {
      const bytes = sealed[chunk];
      if (bytes === undefined) continue;
      const params = { attachment: status.attachment, chunk };
      await this.ground.api.call(ATTACHMENT_ROUTES.putChunk, { params, bytes });
    }
  }
}

/** A program may name a type in a form that readers would refuse the whole entry for. */
function knownType(mediaType: string): string {
  const known = AttachmentRef.shape.mediaType.safeParse(mediaType);
  return known.success ? known.data : 'application/octet-stream';
}

/** The entry that refers to the file stands: its chunks need not wait here any longer. */
export async function forgetChunks(tx: Transaction, attachment: Uuid): Promise<void> {
  for (const [key] of await tx.scan('outbox', `chunk/${attachment}/`)) tx.delete('outbox', key);
}
