/**
 * Keeps one known remark out of the tests' output: the emulator's `oidc-provider` says on each
 * import that it prefers another Node. Said once a test file, it buried what had failed. It must
 * never keep anything else back.
 */
const REMARK = 'oidc-provider WARNING: Unsupported runtime.';

const warn = console.warn.bind(console);
console.warn = (first, ...rest) => {
  if (typeof first !== 'string' || !first.includes(REMARK)) warn(first, ...rest);
};
