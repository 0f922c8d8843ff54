/** French words of the unit's board and of what awaits me: kinds, spans of time, items of plans. */
import { fr } from '../plural.js';

export const board = {
  kinds: {
    discharge: 'Sortie',
    admission: 'Entrée à l’hôpital',
    'unscheduled-care': 'Soins non programmés',
    'expert-opinion': 'Avis',
    request: 'Demande',
  },
  before: (when: string) => `avant ${when}`,
  sentAt: (when: string) => `transmis ${when}`,
  /** "vu, 12 min": since when. */
  since: (state: string, span: string) => `${state}, ${span}`,
  seen: 'vu',
  minutes: (n: number) => `${n} min`,
  hours: (n: number) => `${n} h`,
  days: (n: number) => `${n} j`,
  askedLater: (when: string) => `sera demandé à ${when}`,
  askInstead: (who: string) => `Demander à ${who}`,
  askedInstead: (who: string) => `Demandé à ${who}.`,
  otherChoice: 'Choisir un autre',
  items: (titles: readonly string[], more: number) =>
    `${titles.join(', ')}${more > 0 ? ` et ${fr(more, 'autre')}` : ''}`,
  stopped: (n: number) => fr(n, 'traitement arrêté', 'traitements arrêtés'),
  task: 'À faire',
  taskFor: (patient: string) => `pour ${patient}`,
  taskBack: (who: string) => `Rendu par ${who} : à confier à un autre`,
  taskTake: 'Je prends',
  taskDone: 'C’est fait',
  taskTaken: 'Pris. La personne qui l’a prévu le voit.',
  taskDoneSaid: 'Noté comme fait.',
  seeStory: 'Ouvrir',
  later: (n: number) => `Plus tard (${n})`,
};
