/** What everybody whom a handoff may reach reads of it. */
import { z } from 'zod';
import { LIMITS } from './limits.js';

/** What the outline may say: the act, the town and the window, nothing that names a patient. */
export const Outline = z.strictObject({
  act: z.string().min(1).max(LIMITS.lineLength.value),
  town: z.string().max(LIMITS.lineLength.value),
  window: z.string().max(LIMITS.lineLength.value),
  note: z.string().max(LIMITS.textLength.value),
  sender: z.string().max(LIMITS.lineLength.value),
  phone: z.string().max(LIMITS.lineLength.value),
});
export type Outline = z.infer<typeof Outline>;
