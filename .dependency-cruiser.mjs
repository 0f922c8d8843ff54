// The floors of the house, as rules of dependency-cruiser. ARCHITECTURE.md says them in words;
// test/architecture shows that each one can fail. A rule's comment is what a developer reads when
// the rule refuses an import.

import { clientRooms, serverRooms } from './tools/check/floors.mjs';

const severity = 'error';
const anyOf = (names) => `(${names.join('|')})`;

/** One rule a room: it reaches itself, the rooms under it, and nothing else of its tower. */
const roomRules = (tower, rooms) =>
  Object.entries(rooms).map(([room, below]) => ({
    name: `${tower}-${room}-looks-down-only`,
    comment: `${tower}/${room} may import ${below.length > 0 ? below.join(', ') : 'no other room'} of ${tower}.`,
    severity,
    from: { path: `^${tower}/${room}/` },
    to: { path: `^${tower}/`, pathNot: `^${tower}/${anyOf([room, ...below])}/` },
  }));

const unlistedRoom = {
  name: 'src-room-unlisted',
  comment:
    'A new folder of src takes its place in tools/check/floors.mjs before it imports anything.',
  severity,
  from: { path: '^src/[^/]+/', pathNot: `^src/${anyOf(Object.keys(serverRooms))}/` },
  to: {},
};

const towers = [
  {
    name: 'contract-knows-zod-only',
    comment:
      'The contract is the ground: it runs in browser, server and tests, so it may use zod and nothing else.',
    severity,
    from: { path: '^contract/', pathNot: '\\.test\\.ts$' },
    to: { pathNot: ['^contract/', '^node_modules/zod/'] },
  },
  {
    name: 'server-cannot-reach-the-client',
    comment:
      'The server must not be able to decrypt: what can decrypt is in the SDK, the web app and the tools.',
    severity,
    from: { path: '^(src|migrations)/', pathNot: '\\.test\\.ts$' },
    to: { path: ['^(sdk|web|tools|bench|test)/', 'libsodium'] },
  },
  {
    name: 'server-cannot-reach-the-client-through-others',
    comment: 'Nor by a detour.',
    severity,
    from: { path: '^(src|migrations)/', pathNot: '\\.test\\.ts$' },
    to: { path: ['^sdk/', 'libsodium'], reachable: true },
  },
  {
    name: 'migrations-stand-alone',
    comment:
      'A migration must mean the same in ten years: it imports no code of the server that may change.',
    severity,
    from: { path: '^migrations/' },
    to: { path: '^(src|contract)/' },
  },
  {
    name: 'libsodium-through-one-file',
    comment:
      'Only sdk/crypto/sodium.ts imports libsodium: one face, which the simulator can replace. The ' +
      'verifier shares no code with the SDK, so it brings its own.',
    severity,
    from: {
      pathNot: ['^sdk/crypto/sodium\\.ts$', '^tools/verifier/', '^(bench|test)/', '^node_modules/'],
    },
    to: { path: 'libsodium' },
  },
  {
    name: 'sdk-knows-the-contract-only',
    comment: 'The SDK is the client: of our own code it sees the contract and itself.',
    severity,
    from: { path: '^sdk/', pathNot: '\\.test\\.ts$' },
    to: { path: '^(src|migrations|web|tools|bench|test)/' },
  },
  {
    name: 'web-and-tools-see-the-face-of-the-sdk',
    comment:
      "Screens and tools use the SDK's top-level files and sdk/store; never its crypto, logs or sync.",
    severity,
    from: { path: '^(web|tools)/' },
    to: { path: '^sdk/', pathNot: ['^sdk/[^/]+\\.ts$', '^sdk/store/'] },
  },
  {
    name: 'web-knows-sdk-and-contract-only',
    comment: 'The web app talks to the server over the wire.',
    severity,
    from: { path: '^web/' },
    to: { path: '^(src|migrations|tools|bench|test)/' },
  },
  {
    name: 'tools-know-sdk-and-contract-only',
    comment: 'Tools are clients too.',
    severity,
    from: { path: '^tools/', pathNot: '\\.test\\.ts$' },
    to: {
      path: '^(src|migrations|web|bench|test)/',
      // The start program runs before anything is built: it shares the plain files of embedded.
      pathNot: '^src/platform/embedded/[a-z-]+\\.mjs$',
    },
  },
  {
    name: 'verifier-shares-no-code',
    comment: 'An independent verifier that shared code with the SDK would share its mistakes.',
    severity,
    from: { path: '^tools/verifier/' },
    to: { path: '^(sdk|contract|src)/' },
  },
];

const habits = [
  {
    name: 'no-circles',
    comment: 'Two files that need each other are one file, or hide a third.',
    severity,
    from: { path: '^(contract|sdk|src|web|tools|migrations)/' },
    to: { circular: true },
  },
  {
    name: 'no-barrels',
    comment: 'Import the file that says it. An index of re-exports hides where things are.',
    severity,
    from: {},
    to: { path: ['/index\\.tsx?$'], pathNot: 'node_modules' },
  },
  {
    name: 'rows-stay-home',
    comment:
      'Entities and repositories stay in their folder: other rooms ask its service, or listen to its events.',
    severity,
    from: { path: '^src/([^/]+)/', pathNot: '\\.test\\.ts$' },
    to: { path: '^src/[^/]+/.*\\.(entity|repository)\\.ts$', pathNot: '^src/$1/' },
  },
  {
    name: 'product-does-not-know-its-tests',
    comment: 'Code that ships must not need code that tests.',
    severity,
    from: { path: '^(contract|sdk|src|web|migrations|tools)/', pathNot: '\\.test\\.tsx?$' },
    to: { path: ['^(test|bench)/', '\\.test\\.tsx?$'] },
  },
  {
    name: 'imports-resolve',
    comment: 'The file or package does not exist.',
    severity,
    from: { path: '^(contract|sdk|src|web|migrations|tools|test|bench)/' },
    to: { couldNotResolve: true, pathNot: '^virtual:' },
  },
];

export default {
  forbidden: [
    ...towers,
    ...roomRules('src', serverRooms),
    ...roomRules('sdk', clientRooms),
    unlistedRoom,
    ...habits,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/|^test/fixtures/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
