/** Which template, in which version, something was made from: sealed, under its name of then. */
import { z } from 'zod';
import { Uuid } from './ids.js';
import { LIMITS } from './limits.js';

export const TemplateRef = z.strictObject({
  template: Uuid,
  version: z.int().positive(),
  name: z.string().max(LIMITS.lineLength.value),
});
export type TemplateRef = z.infer<typeof TemplateRef>;
