/**
 * Attachments: files sealed in chunks on the device. The server keeps bytes it cannot read;
 * name, type and key travel in the sealed body that refers to them.
 */
import { z } from 'zod';
import { CircleId, Hash, Uuid } from './ids.js';
import { LIMITS } from './limits.js';
import { route } from './route.js';

/** In sealed bodies only. */
export const AttachmentRef = z.strictObject({
  id: Uuid,
  name: z.string().min(1).max(LIMITS.lineLength.value),
  mediaType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,100}$/),
  /** Plain size in bytes. */
  size: z.int().nonnegative().max(LIMITS.attachmentBytes.value),
  /** Secretstream key and header. */
  key: Hash,
  header: z.base64url().max(64),
  /** Hash over all sealed chunks in order. */
  sealedHash: Hash,
  chunks: z.int().positive(),
});
export type AttachmentRef = z.infer<typeof AttachmentRef>;

const ChunkParams = z.strictObject({
  attachment: Uuid,
  chunk: z.coerce.number().int().nonnegative().max(4096),
});

export const AttachmentStatus = z.strictObject({
  attachment: Uuid,
  circle: CircleId,
  chunks: z.int().positive(),
  /** Numbers of the chunks that are still awaited: an interrupted upload resumes here. */
  missing: z.array(z.int().nonnegative()),
});
export type AttachmentStatus = z.infer<typeof AttachmentStatus>;

export const ATTACHMENT_ROUTES = {
  openAttachment: route({
    name: 'openAttachment',
    method: 'POST',
    path: '/api/attachments',
    access: 'person',
    summary: 'Announces a sealed file in a circle; its chunks follow, in any order, resumable.',
    body: z.strictObject({
      attachment: Uuid,
      circle: CircleId,
      chunks: z.int().positive().max(4096),
      sealedBytes: z
        .int()
        .positive()
        .max(LIMITS.attachmentBytes.value * 2),
    }),
    reply: AttachmentStatus,
    errors: ['circle_unknown', 'not_a_member'],
  }),
  putChunk: route({
    name: 'putChunk',
    method: 'PUT',
    path: '/api/attachments/:attachment/chunks/:chunk',
    access: 'person',
    summary: 'One sealed chunk. Sending it again changes nothing.',
    params: ChunkParams,
    bodyType: 'binary',
    reply: AttachmentStatus,
    errors: ['attachment_unknown', 'request_too_large'],
  }),
  getChunk: route({
    name: 'getChunk',
    method: 'GET',
    path: '/api/attachments/:attachment/chunks/:chunk',
    access: 'person',
    summary: 'One sealed chunk, for members of the circle.',
    params: ChunkParams,
    replyType: 'binary',
    errors: ['attachment_unknown', 'attachment_incomplete'],
  }),
} as const;
