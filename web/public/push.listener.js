/*
 * The service worker's part of a push: one of a closed list of sentences, and the way to what
 * waits. It must never show anything else that it is sent: a push says that, never what.
 */
const SENTENCES = {
  fr: {
    'handoff-offered': 'Une demande attend votre réponse',
    'handoff-answered': 'Une réponse est arrivée',
    'handoff-declined': 'Une demande a été déclinée et attend votre décision',
    'handoff-ended': 'Une demande qui vous était adressée a pris fin',
    'handoff-late': 'Une demande n’a pas reçu de réponse à temps',
    'handoff-taken': 'Une demande a été prise par quelqu’un d’autre',
    'item-late': 'Un élément d’un plan attend au-delà de son heure',
    'team-late': 'Une équipe tarde à répondre à une demande',
    'message-posted': 'Un message vous attend',
    mentioned: 'Quelqu’un vous appelle dans une conversation',
    'device-changed': 'La liste de vos appareils a changé',
    'guest-arrived': 'Quelqu’un que vous attendiez est arrivé sur Liaison',
    'stand-in': 'Une demande attend une personne que vous remplacez',
    other: 'Quelque chose vous attend',
    more: 'D’autres choses vous attendent aussi.',
    end: 'Ouvrez Liaison pour lire.',
  },
  en: {
    'handoff-offered': 'A request awaits your answer',
    'handoff-answered': 'An answer has arrived',
    'handoff-declined': 'A request was declined and awaits your decision',
    'handoff-ended': 'A request addressed to you has ended',
    'handoff-late': 'A request was not answered in time',
    'handoff-taken': 'A request was taken by somebody else',
    'item-late': 'An item of a plan waits past its time',
    'team-late': 'A team is late to answer a request',
    'message-posted': 'A message awaits you',
    mentioned: 'Somebody calls you in a conversation',
    'device-changed': 'The list of your devices has changed',
    'guest-arrived': 'Somebody whom you awaited has come to Liaison',
    'stand-in': 'A request awaits somebody whom you stand in for',
    other: 'Something awaits you',
    more: 'Other things await you as well.',
    end: 'Open Liaison to read it.',
  },
};

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
