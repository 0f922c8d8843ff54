/** In which profession or function people act, as signed texts and the directory name it. */
import { z } from 'zod';

/** Functions in which people act today and that no national table numbers. */
export const OwnFunction = z.enum([
  'other',
  'coordinator',
  'secretary',
  'intern',
  'hospital-it',
  'service',
]);
export type OwnFunction = z.infer<typeof OwnFunction>;

/** Those in which somebody may be invited: a machine is no person. */
export const InvitedFunction = OwnFunction.exclude(['service']);

const FUNCTION_FORM = '[a-z]{2,20}(?:-[a-z]{2,20}){0,2}';

/** A function as a signed text may name it: what comes later has a name of this form too. */
export const FunctionName = z.string().regex(new RegExp(`^${FUNCTION_FORM}$`));

/**
 * What a profession looks like: a number of the national tables TRE_G15 (health), TRE_R94 (social
 * work) or TRE_R95 (titles), or a function. The tables grow and a header lasts: so the form is
 * fixed, not the list, and who knows no name for a number shows the number (decision 0016).
 */
export const PROFESSION_FORM = `(?:[1-9][0-9]{1,2}|${FUNCTION_FORM})`;

export const Profession = z.string().regex(new RegExp(`^${PROFESSION_FORM}$`));
export type Profession = z.infer<typeof Profession>;
