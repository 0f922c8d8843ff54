/**
 * Where chance comes from: the platform's own generator, asked once for all the bytes. libsodium
 * asks the same generator for each four of them, which cost a third of an encapsulation a key. The
 * simulator puts the chance of its life in this file's place.
 */
export function entropy(size: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(size));
}
