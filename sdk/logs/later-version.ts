/**
 * The one rule for what comes after version 1 (docs/protocol.md, "What comes later"): a text that
 * names a later version or suite is not read any further, so that it is nobody's fault that this
 * client does not know it. It must never judge what such a text says.
 */
export function isOfLaterVersion(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  const { v, suite } = value as { v?: unknown; suite?: unknown };
  return isLater(v) || isLater(suite);
}

const isLater = (version: unknown): boolean => typeof version === 'number' && version > 1;
