/** Sealed files: chunks swapped, cut, moved, taken from elsewhere. */
import { expect } from '@jest/globals';
import { ATTACHMENT_ROUTES, type AttachmentRef } from '@liaison/contract/attachment';
import { type Attack, attack, refuses } from './attack.js';
import type { Asked } from './liar.js';
import type { Scene, Stage } from './stage.js';

const SIZE = 300_000;
const plain = (fill: number) => ({
  name: 'ordonnance.pdf',
  mediaType: 'application/pdf',
  bytes: new Uint8Array(SIZE).fill(fill),
});

interface FileScene extends Scene {
  readonly ref: AttachmentRef;
  readonly other: AttachmentRef;
}

async function withFile(stage: Stage): Promise<FileScene> {
  const scene = await stage.scene();
  await stage.post('nurse', scene.circle, 'avec ordonnance', [plain(7), plain(8)]);
  await scene.victim.liaison.sync();
  const last = (await scene.victim.liaison.messages(scene.circle)).at(-1);
  const [ref, other] = last?.attachments ?? [];
  if (ref === undefined || other === undefined) throw new Error('The files are missing.');
  return { ...scene, ref, other };
}

type Lie = (
  bytes: Uint8Array,
  asked: Asked,
  fetch: (attachment: string, chunk: number) => Promise<Uint8Array>,
  scene: FileScene,
) => Uint8Array | Promise<Uint8Array>;

function onFile(id: string, name: string, lie: Lie): Attack {
  return attack({
    id,
    name,
    arrange: withFile,
    misbehave: (scene) => {
      scene.victim.liar.aboutBytes(ATTACHMENT_ROUTES.getChunk, (bytes, asked, honest) => {
        const fetch = (file: string, chunk: number) =>
          honest(`/api/attachments/${file}/chunks/${String(chunk)}`);
        return lie(bytes, asked, fetch, scene);
      });
    },
    expect: async ({ victim, circle, ref }, stage) => {
      const read = () => victim.liaison.attachment(circle, ref);
      const shown = await refuses('file-broken', read);
      stage.behave(victim);
      // As bytes at once: the matcher would walk them one by one.
      expect(Buffer.compare(await read(), plain(7).bytes)).toBe(0);
      return shown;
    },
  });
}

const flipped = (bytes: Uint8Array): Uint8Array => {
  const other = bytes.slice();
  other[100] = (other[100] ?? 0) ^ 1;
  return other;
};

export const FILES: readonly Attack[] = [
  onFile('chunk-altered', 'one bit of a chunk turned', flipped),
  onFile('chunk-truncated', 'a chunk cut short', (bytes) => bytes.slice(0, -1)),
  onFile('chunk-emptied', 'a chunk left empty', () => new Uint8Array()),
  onFile('chunks-moved', 'two chunks in each other’s place', (_bytes, { params }, fetch, { ref }) =>
    fetch(ref.id, params['chunk'] === '0' ? 1 : 0),
  ),
  onFile('chunk-repeated', 'the first chunk again in place of the last', (_b, _a, fetch, { ref }) =>
    fetch(ref.id, 0),
  ),
  onFile('file-swapped', 'another file of the same size', (_bytes, { params }, fetch, { other }) =>
    fetch(other.id, Number(params['chunk'])),
  ),
];
