/**
 * The trees that nobody can rewrite unseen (RFC 6962) and their signed checkpoints. The identity
 * tree lists every statement of every identity log, and each client follows all of it; the record
 * tree holds what the server did, and clients check that it only ever grows.
 */
import { z } from 'zod';
import { Hash, type Origin, PersonId, Signature } from './ids.js';
import { LIMITS } from './limits.js';
import { route } from './route.js';

export const TreeName = z.enum(['identities', 'records']);
export type TreeName = z.infer<typeof TreeName>;

export const TreeHead = z.strictObject({ size: z.int().nonnegative(), root: Hash });
export type TreeHead = z.infer<typeof TreeHead>;

/** A head of a tree that the log key signed: two that do not fit prove that the server lied. */
export const SignedHead = z.strictObject({ ...TreeHead.shape, signature: Signature });
export type SignedHead = z.infer<typeof SignedHead>;

/** The heads that an author had verified when they wrote: others compare them with their own. */
export const CheckpointRef = z.strictObject({
  identities: SignedHead.nullable(),
  records: SignedHead.nullable(),
});
export type CheckpointRef = z.infer<typeof CheckpointRef>;

/** One statement of an identity log, as the identity tree lists it. */
export const IdentityLeaf = z.strictObject({
  person: PersonId,
  n: z.int().nonnegative(),
  h: Hash,
});
export type IdentityLeaf = z.infer<typeof IdentityLeaf>;

/** A tree's name in its notes: the deployment's host, then the tree. */
export function treeOrigin(origin: Origin | string, tree: TreeName): string {
  return `${origin.replace(/^https?:\/\//, '')}/${tree}`;
}

/** What is signed of a checkpoint (C2SP tlog-checkpoint): name, size, root in ordinary base64. */
export function checkpointText(name: string, { size, root }: TreeHead): string {
  const base64 = root.replaceAll('-', '+').replaceAll('_', '/');
  return `${name}\n${size}\n${base64}=\n`;
}

const Note = z.string().max(4096);

export const TRANSPARENCY_ROUTES = {
  checkpoint: route({
    name: 'checkpoint',
    method: 'GET',
    path: '/api/transparency/checkpoint',
    access: 'session',
    summary: 'The newest checkpoint of the record tree, as a signed note; null before the first.',
    reply: z.strictObject({ note: Note.nullable() }),
  }),
  identityLeaves: route({
    name: 'identityLeaves',
    method: 'GET',
    path: '/api/transparency/identities',
    access: 'unlocked',
    summary: 'Leaves of the identity tree from a place on, with the signed checkpoint of all.',
    query: z.strictObject({ from: z.coerce.number().int().nonnegative() }),
    reply: z.strictObject({
      leaves: z.array(IdentityLeaf).max(LIMITS.treeLeaves.value),
      note: Note,
    }),
  }),
  consistency: route({
    name: 'consistency',
    method: 'POST',
    path: '/api/transparency/consistency',
    access: 'unlocked',
    summary: 'Proofs that a tree of one size grew from those of smaller sizes.',
    body: z.strictObject({
      tree: TreeName,
      to: z.int().positive(),
      sizes: z.array(z.int().positive()).min(1).max(LIMITS.treeProofs.value),
    }),
    reply: z.strictObject({ proofs: z.array(z.array(Hash).max(LIMITS.proofNodes.value)) }),
    errors: ['tree_size_unknown'],
  }),
} as const;
