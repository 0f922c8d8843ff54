/**
 * What a server that cannot decrypt must not even mention. It reads syntax trees, so that a word in
 * a comment is free and a name reached through brackets is not.
 */
import ts from 'typescript';
import { everyNode, lineOf } from '../../tools/check/sources.mjs';
import { type Source, treeOf } from './repository.js';

/** Names of functions that open something sealed, agree on a key, or derive one. */
const FORBIDDEN_NAMES = new Set([
  'createDecipheriv',
  'createDecipher',
  'privateDecrypt',
  'publicDecrypt',
  'diffieHellman',
  'createDiffieHellman',
  'createDiffieHellmanGroup',
  'getDiffieHellman',
  'createECDH',
  'computeSecret',
  'decapsulate',
  'decrypt',
  'deriveKey',
  'deriveBits',
  'unwrapKey',
  'jwtDecrypt',
  'compactDecrypt',
  'flattenedDecrypt',
  'generalDecrypt',
  'jweDecrypt',
  'EncryptJWT',
  'CompactEncrypt',
  'FlattenedEncrypt',
  'GeneralEncrypt',
  'crypto_aead_xchacha20poly1305_ietf_decrypt',
  'crypto_box_open_easy',
  'crypto_box_seal_open',
  'crypto_secretbox_open_easy',
  'crypto_scalarmult',
]);

/** Packages that can decrypt. */
const FORBIDDEN_PACKAGES = [
  /libsodium/,
  /^@liaison\/(sdk|web)\b/,
  /^jose\/jwe/,
  // They bring an opener along: a push is sealed by our own file.
  /^(web-push|http_ece)\b/,
  /^(@noble\/(ciphers|curves|post-quantum)|tweetnacl|node-forge|pkijs|openpgp|sjcl|crypto-js)\b/,
  /(^|\/)(sdk|web|tools)\//,
];

/**
 * A push is sealed to a browser's own key, by one file that can open nothing: the one exception.
 * The words are those of an agreement on a fresh key; every other stays forbidden there as well.
 */
const PUSH = {
  file: 'src/notifications/push.envelope.ts',
  words: new Set(['createECDH', 'computeSecret']),
};

/** Loads the files of the migrations folder, whose names it checks: the one computed import. */
const LOADER = 'src/platform/database/migrations.ts';

function isBadModule(name: string): boolean {
  return FORBIDDEN_PACKAGES.some((pattern) => pattern.test(name));
}

function moduleOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isImportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (!ts.isCallExpression(node)) return undefined;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
  return isImport || isRequire ? node.arguments[0] : undefined;
}

function nameOf(node: ts.Node): string | undefined {
  return ts.isIdentifier(node) || ts.isStringLiteralLike(node) ? node.text : undefined;
}

function isForbidden(name: string, path: string): boolean {
  return FORBIDDEN_NAMES.has(name) && !(path === PUSH.file && PUSH.words.has(name));
}

function faultOf(node: ts.Node, path: string): string | undefined {
  const module = moduleOf(node);
  const isComputed = module !== undefined && !ts.isStringLiteralLike(module);
  if (isComputed) return path === LOADER ? undefined : 'loads a module whose name is computed';
  if (module && isBadModule(module.text)) return `imports ${module.text}`;
  const name = nameOf(node);
  if (name !== undefined && isForbidden(name, path)) return `names ${name}`;
  if (ts.isIdentifier(node) && node.text === 'eval') return 'calls eval';
  if (ts.isNewExpression(node) && node.expression.getText() === 'Function') return 'builds code';
  return undefined;
}

/** One sentence for each thing in the file that could open what was sealed. */
export function decryptionIn(source: Source): string[] {
  const faults: string[] = [];
  everyNode(treeOf(source), (node: ts.Node) => {
    const fault = faultOf(node, source.path);
    if (fault !== undefined) faults.push(`${source.path}:${lineOf(node)} ${fault}`);
  });
  return faults;
}
