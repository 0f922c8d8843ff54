/**
 * The hooks themselves, on node's own thread for them: each module on the left is the one on the
 * right, except for the right one itself.
 */
/** What third parties, or the server's own sign-in, import stays as it is. */
const CLIENT = /\/sdk\/dist\/|\/dist\/test\/simulation\//;
const OURS = /\/(sdk|contract)\/dist\/|\/dist\/(src|test)\//;

const FACES = [
  { is: /\/node_modules\/libsodium-wrappers\//, of: CLIENT, face: 'sodium' },
  { is: /\/node_modules\/jose\//, of: CLIENT, face: 'jose' },
  { is: /\/node_modules\/socket\.io-client\//, of: CLIENT, face: 'socket' },
  { is: /\/node_modules\/socket\.io-msgpack-parser\//, of: CLIENT, face: 'parser' },
  { is: /\/sdk\/dist\/crypto\/entropy\.js$/, of: CLIENT, face: 'entropy' },
  { is: /\/dist\/src\/platform\/signatures\/ed25519\.js$/, of: OURS, face: 'ed25519' },
];

/**
 * @param {string} specifier
 * @param {{ parentURL?: string }} context
 * @param {(specifier: string, context: object) => Promise<{ url: string }>} next
 */
export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  const parent = context.parentURL ?? '';
  const one = FACES.find(({ is, of }) => is.test(found.url) && of.test(parent));
  if (one === undefined) return found;
  const face = new URL(`primitives/${one.face}.face.js`, import.meta.url).href;
  return parent === face ? found : { ...found, url: face, format: 'module' };
}
