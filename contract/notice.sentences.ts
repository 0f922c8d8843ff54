/**
 * What a mail and a push say of each reason: that something waits, never who, what or about whom.
 * One list for the server, which mails, and for the service worker, which is given it at the build.
 */
import type { AttentionReason } from './notification.js';

/** `other`: a reason of a newer version. `more` and `end` follow a push's first sentence. */
type Said = AttentionReason | 'other' | 'more' | 'end';

export const NOTICE_SENTENCES: Readonly<Record<'fr' | 'en', Readonly<Record<Said, string>>>> = {
  fr: {
    'handoff-offered': 'Une demande attend votre réponse',
    'handoff-answered': 'Une réponse est arrivée',
    'handoff-declined': 'Une demande a été déclinée et attend votre décision',
    'handoff-recalled': 'Une demande a été rappelée : elle était envoyée par erreur',
    'handoff-ended': 'Une demande qui vous était adressée a pris fin',
    'handoff-late': 'Une demande n’a pas reçu de réponse à temps',
    'handoff-taken': 'Une demande a été prise par quelqu’un d’autre',
    'item-late': 'Un élément d’un plan attend au-delà de son heure',
    'team-late': 'Une équipe tarde à répondre à une demande',
    'message-posted': 'Un message vous attend',
    mentioned: 'Quelqu’un vous appelle dans une conversation',
    'device-changed': 'La liste de vos appareils a changé',
    'stand-in': 'Une demande attend une personne que vous remplacez',
    'guest-arrived': 'Quelqu’un que vous attendiez est arrivé sur Liaison',
    other: 'Quelque chose vous attend',
    more: 'D’autres choses vous attendent aussi.',
    end: 'Ouvrez Liaison pour lire.',
  },
  en: {
    'handoff-offered': 'A request awaits your answer',
    'handoff-answered': 'An answer has arrived',
    'handoff-declined': 'A request was declined and awaits your decision',
    'handoff-recalled': 'A request was taken back: it was sent by mistake',
    'handoff-ended': 'A request addressed to you has ended',
    'handoff-late': 'A request was not answered in time',
    'handoff-taken': 'A request was taken by somebody else',
    'item-late': 'An item of a plan waits past its time',
    'team-late': 'A team is late to answer a request',
    'message-posted': 'A message awaits you',
    mentioned: 'Somebody calls you in a conversation',
    'device-changed': 'The list of your devices has changed',
    'stand-in': 'A request awaits somebody whom you stand in for',
    'guest-arrived': 'Somebody whom you awaited has come to Liaison',
    other: 'Something awaits you',
    more: 'Other things await you as well.',
    end: 'Open Liaison to read it.',
  },
};
