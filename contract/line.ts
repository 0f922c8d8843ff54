/**
 * One line that people wrote for others to read: a name, a town. No control characters: no table
 * keeps a zero byte, and no screen shows the others.
 */
import { z } from 'zod';
import { LIMITS } from './limits.js';

export const Line = z
  .string()
  .trim()
  .max(LIMITS.lineLength.value)
  .regex(/^\P{Cc}*$/u);
