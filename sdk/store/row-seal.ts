/**
 * One row of a browser's store, sealed for the disk: AES-256-GCM of WebCrypto, because only there
 * can a key be used and never read. A row's place is bound in, so that rows cannot be swapped.
 */
const NONCE_BYTES = 12;
const ALGORITHM = { name: 'AES-GCM', length: 256 } as const;

export interface SealedRow {
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

export const freshNonce = (): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(NONCE_BYTES));

/** `extractable` only for a key that is about to be sealed under another. */
export function freshRowKey(extractable = false): Promise<CryptoKey> {
  return crypto.subtle.generateKey(ALGORITHM, extractable, ['encrypt', 'decrypt']);
}

function sealing(table: string, key: string, nonce: Uint8Array<ArrayBuffer>): AesGcmParams {
  const additionalData = new TextEncoder().encode(`${table}/${key}`);
  return { name: 'AES-GCM', iv: nonce, additionalData };
}

export async function sealRow(
  under: CryptoKey,
  table: string,
  key: string,
  plain: Uint8Array<ArrayBuffer>,
): Promise<SealedRow> {
  const nonce = freshNonce();
  return { nonce, sealed: await crypto.subtle.encrypt(sealing(table, key, nonce), under, plain) };
}

export async function openRow(
  under: CryptoKey,
  table: string,
  key: string,
  { nonce, sealed }: SealedRow,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.decrypt(sealing(table, key, nonce), under, sealed));
}
