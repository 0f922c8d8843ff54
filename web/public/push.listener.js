/*
 * The service worker's part of a push: one of a closed list of sentences, and the way to what
 * waits. It must never show anything else that it is sent: a push says that, never what. The list
 * is the contract's (notice.sentences.ts); the build writes it into push.sentences.js.
 */
/* global SENTENCES */
const CIRCLE = /^[A-Za-z0-9_-]{43}$/;
const NEWS = '/nouvelles';

function pathOf({ reason, circle, others }) {
  if (others > 0) return NEWS;
  if (reason === 'device-changed') return '/moi';
  if (typeof circle !== 'string' || !CIRCLE.test(circle)) return NEWS;
  const isTalk = reason === 'mentioned' || reason === 'message-posted';
  return isTalk ? `/conversations/${circle}` : `/transmissions/${circle}`;
}

/* A push that cannot be read still says that something waits: browsers punish silent ones. */
function messageOf(event) {
  try {
    const message = event.data?.json();
    return typeof message === 'object' && message !== null ? message : {};
  } catch {
    return {};
  }
}

function show(message) {
  const words = message.language === 'en' ? SENTENCES.en : SENTENCES.fr;
  const sentence = Object.hasOwn(words, message.reason) ? words[message.reason] : words.other;
  const body = message.others > 0 ? words.more : words.end;
  return self.registration.showNotification(sentence, {
    body,
    // What is sent twice replaces itself, silently.
    tag: typeof message.id === 'string' ? message.id : 'liaison',
    icon: '/icon.svg',
    lang: message.language === 'en' ? 'en' : 'fr',
    data: { open: pathOf(message) },
  });
}

async function open(path) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const [page] = pages;
  if (page === undefined) return self.clients.openWindow(path);
  // The page goes there by itself: a reload would shut what a passkey opened.
  page.postMessage({ open: path });
  return page.focus();
}

self.addEventListener('push', (event) => event.waitUntil(show(messageOf(event))));

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.open));
});
