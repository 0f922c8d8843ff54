/** Signed checkpoints of the trees that nobody can rewrite unseen. */
import { z } from 'zod';
import { route } from './route.js';

export const TRANSPARENCY_ROUTES = {
  checkpoint: route({
    name: 'checkpoint',
    method: 'GET',
    path: '/api/transparency/checkpoint',
    access: 'session',
    summary: 'The newest checkpoint of the record tree, as a signed note; null before the first.',
    reply: z.strictObject({ note: z.string().max(4096).nullable() }),
  }),
} as const;
