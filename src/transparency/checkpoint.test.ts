/** Checkpoints as signed notes: what was signed opens, anything else does not. */
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { openNote, signedNote } from './checkpoint.js';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const rawKey = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
const checkpoint = { origin: 'liaison.example/records', size: 7, root: Buffer.alloc(32, 9) };
const note = signedNote(checkpoint, rawKey, (bytes) => sign(null, bytes, privateKey));
const open = (text: string) =>
  openNote(text, rawKey, (bytes, signature) => verify(null, bytes, publicKey, signature));

describe('a checkpoint', () => {
  it('opens as it was signed', () => {
    const opened = open(note);
    expect(opened).toMatchObject({ origin: checkpoint.origin, size: 7 });
    expect(Buffer.from(opened?.root ?? []).equals(checkpoint.root)).toBe(true);
  });

  it('keeps its signature below lines that witnesses add', () => {
    expect(open(`${note}— witness.example AAAA\n`)).toMatchObject({ size: 7 });
  });

  it.each([
    ['another size', note.replace('\n7\n', '\n8\n')],
    ['another origin', note.replaceAll('liaison.example', 'other.example')],
    ['no signature', note.slice(0, note.indexOf('—'))],
    ['no blank line', note.replace('\n\n', '\n')],
    ['a size that is no number', note.replace('\n7\n', '\nseven\n')],
  ])('does not open with %s', (_name, text) => {
    expect(open(text)).toBeUndefined();
  });
});
