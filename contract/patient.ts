/**
 * A patient's identity as the national reference (INS) describes it. It lives in sealed bodies
 * only: no route, fact, log or mail ever carries it.
 */
import { z } from 'zod';
import { LIMITS } from './limits.js';

const Line = z.string().max(LIMITS.lineLength.value);

/** 13-character NIR or NIA followed by its two-digit key. */
export const InsNumber = z.string().regex(/^[1-8][0-9]{4}[0-9][0-9AB][0-9]{6}[0-9]{2}$/);

/** Object identifiers of the INS authorities (ANS): NIR, NIA and the two test ranges. */
export const INS_OIDS = {
  nir: '1.2.250.1.213.1.4.8',
  nia: '1.2.250.1.213.1.4.9',
  nirTest: '1.2.250.1.213.1.4.10',
} as const;

export const Patient = z.strictObject({
  birthName: Line.min(1),
  usualName: Line,
  givenNames: Line.min(1),
  sex: z.enum(['F', 'M', 'U']),
  /** ISO date, YYYY-MM-DD. */
  birthDate: z.iso.date(),
  /** INSEE code of the birthplace (COG), 5 characters; empty when unknown. */
  birthPlace: z.string().regex(/^([0-9][0-9AB][0-9]{3})?$/),
  ins: z.strictObject({ number: InsNumber, oid: z.enum(Object.values(INS_OIDS)) }).nullable(),
  phone: Line,
  address: Line,
});
export type Patient = z.infer<typeof Patient>;

/**
 * Whether the key of an INS number is right: key = 97 − (N mod 97), where N is the 13-character
 * number with 2A → 19 and 2B → 18 (rule of the NIR, applied to the INS by the ANS reference).
 */
export function insKeyIsRight(number: string): boolean {
  if (!InsNumber.safeParse(number).success) return false;
  const digits = number.slice(0, 13).replace('2A', '19').replace('2B', '18');
  if (!/^[0-9]{13}$/.test(digits)) return false;
  return 97 - Number(BigInt(digits) % 97n) === Number(number.slice(13));
}
