/** The server and its migrations hold no code that could open what clients seal. */
import { decryptionIn } from './decryption.js';
import { sourcesOf } from './repository.js';

describe('the server cannot decrypt', () => {
  test('no file of src or migrations can open anything', () => {
    const sources = sourcesOf(['src', 'migrations'], true);
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.flatMap(decryptionIn)).toEqual([]);
  });

  const offending: readonly (readonly [string, string])[] = [
    ['a decipher', `import { createDecipheriv } from 'node:crypto';`],
    ['a decipher through its module', `import * as c from 'node:crypto'; c.createDecipheriv();`],
    ['a decipher through brackets', `import c from 'node:crypto'; c['createDecipheriv']();`],
    ['a private key that opens', `crypto.privateDecrypt(key, bytes);`],
    ['a key agreement', `crypto.diffieHellman({ privateKey, publicKey });`],
    ['a key agreement on a curve', `crypto.createECDH('x25519');`],
    ['WebCrypto decrypt', `await crypto.subtle.decrypt(algorithm, key, bytes);`],
    ['WebCrypto deriveKey', `await subtle.deriveKey(a, b, c, d, e);`],
    ['WebCrypto deriveBits', `const { deriveBits } = crypto.subtle;`],
    ['WebCrypto unwrapKey', `await subtle['unwrapKey']();`],
    ['a JWE opened', `import { compactDecrypt } from 'jose';`],
    ['a JWE made', `import { EncryptJWT } from 'jose';`],
    ['a JWE by its own path', `import x from 'jose/jwe/compact/decrypt';`],
    ['libsodium', `import sodium from 'libsodium-wrappers';`],
    ['libsodium, loaded later', `const sodium = await import('libsodium-wrappers');`],
    ['libsodium, required', `const sodium = require('libsodium-wrappers-sumo');`],
    ['the SDK', `import { seal } from '@liaison/sdk/seal';`],
    ['the SDK by its folder', `import { seal } from '../../sdk/crypto/seal.js';`],
    ['a module whose name is computed', `await import('lib' + 'sodium');`],
    ['code made at run time', `new Function('return 1')();`],
    ['a library that opens pushes as well', `import webPush from 'web-push';`],
  ];

  test.each(offending)('refuses %s', (_name, text) => {
    expect(decryptionIn({ path: 'src/channels/probe.ts', text })).not.toEqual([]);
  });

  test('lets one file seal a push, and a comment speak of decrypt', () => {
    const path = 'src/notifications/push.envelope.ts';
    const push = { path, text: `createECDH('prime256v1').computeSecret(theirs);` };
    const comment = {
      path: 'src/a/b.ts',
      text: '// never createDecipheriv\nexport const one = 1;',
    };
    expect([...decryptionIn(push), ...decryptionIn(comment)]).toEqual([]);
    const opens = { path, text: `createDecipheriv('aes-128-gcm', key, nonce);` };
    expect(decryptionIn(opens)).not.toEqual([]);
    const beside = { path: 'src/notifications/push.sender.ts', text: push.text };
    expect(decryptionIn(beside)).not.toEqual([]);
  });
});
