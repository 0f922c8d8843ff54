/** Random tokens that live in cookies. The database knows their hash only. */
import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** SHA-256 is enough: there is nothing to guess in 32 random bytes. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();
