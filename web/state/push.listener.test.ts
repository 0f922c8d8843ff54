/** The service worker says only what the contract's list has, and every reason of it differs. */
import { expect, test } from '@jest/globals';
import { NOTICE_SENTENCES } from '@liaison/contract/notice.sentences';
import { AttentionReason } from '@liaison/contract/notification';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';

const LISTENER = readFileSync(join(import.meta.dirname, '../public/push.listener.js'), 'utf8');

interface Shown {
  readonly title: string;
  readonly body: string;
}

/** What the worker's own code shows of a message. */
function shown(message: object): Shown {
  const all: Shown[] = [];
  const registration = {
    showNotification: (title: string, { body }: { body: string }) => all.push({ title, body }),
  };
  const self = { registration, addEventListener: () => undefined };
  const context = createContext({ self, SENTENCES: NOTICE_SENTENCES });
  runInContext(`${LISTENER}\nshow(${JSON.stringify(message)})`, context);
  const [only] = all;
  if (only === undefined) throw new Error('Nothing was shown.');
  return only;
}

test.each(AttentionReason.options)('%s is said in French and in English', (reason) => {
  for (const language of ['fr', 'en'] as const) {
    const { title } = shown({ reason, language, others: 0 });
    expect(title).toBe(NOTICE_SENTENCES[language][reason]);
    expect(title).not.toBe(NOTICE_SENTENCES[language].other);
  }
});

test('a reason of a newer version is something, in nobody else’s words', () => {
  const { fr } = NOTICE_SENTENCES;
  expect(shown({ reason: 'Mme Durand', others: 0 })).toEqual({ title: fr.other, body: fr.end });
  expect(shown({ reason: 'toString', others: 1 })).toEqual({ title: fr.other, body: fr.more });
});
