/**
 * A program that sends until it is killed: an SDK client on a file store, in a process of its own.
 * It says `kept N ID` once a message is kept, and `quiet` once nothing waits any more. Its cookies
 * are kept in a file after each answer, as a browser would.
 *
 *   node sending.child.mjs ORIGIN STORE COOKIES CIRCLE FIRST COUNT
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { CookieJar, nodeHttp } from '@liaison/sdk/http-node';
import { openLiaison } from '@liaison/sdk/liaison';
import { FileStore } from '@liaison/sdk/store/file.store';

const [origin, path, cookies, circle, first, count] = process.argv.slice(2);

const jar = new CookieJar(JSON.parse(readFileSync(cookies, 'utf8')));
const plain = nodeHttp(origin, jar);

async function http(request) {
  const reply = await plain(request);
  writeFileSync(`${cookies}.new`, JSON.stringify(jar.kept()));
  renameSync(`${cookies}.new`, cookies);
  return reply;
}

const file = (number) => {
  const bytes = new Uint8Array(1000).fill(number % 256);
  return { name: `photo-${number}.jpg`, mediaType: 'image/jpeg', bytes };
};

const store = await FileStore.open(path);
const liaison = await openLiaison({ origin, http, store, socket: false });
for (let n = 0; n < Number(count); n++) {
  const number = Number(first) + n;
  const files = number % 5 === 0 ? [file(number)] : [];
  const id = await liaison.post(circle, `Message ${number}`, files);
  process.stdout.write(`kept ${number} ${id}\n`);
}
while ((await liaison.connection()).waiting > 0) {
  await liaison.refresh();
  await new Promise((resolve) => setTimeout(resolve, 100));
}
process.stdout.write('quiet\n');
await liaison.dispose();
