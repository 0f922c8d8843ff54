/** What the sample's people say to each other, outside of any patient's file and inside one. */
import type { CircleId, MemberId } from '@liaison/contract/ids';
import type { Player } from '../cast/cast.js';
import { CAST, type Company } from '../cast/company.js';
import { CARDIOLOGY, GP, NURSES, OTHER_NURSES, PHARMACY, SECOND_GP } from '../cast/discharge.js';
import { allSent, until } from '../cast/settling.js';

/** Who says what, in order. */
export type Lines = readonly (readonly [who: string, text: string])[];

interface Room {
  readonly title: string;
  readonly by: string;
  readonly teams: readonly string[];
  readonly lines: Lines;
}

const ROOMS: readonly Room[] = [
  {
    title: 'Pansements complexes',
    by: CAST.homeNurse,
    teams: [NURSES, OTHER_NURSES, PHARMACY, CARDIOLOGY],
    lines: [
      [
        CAST.homeNurse,
        'Bonjour à toutes et tous. Ce fil réunit celles et ceux qui suivent des plaies ' +
          'chroniques sur le Laonnois : questions de matériel, protocoles, relais de tournée.',
      ],
      [
        CAST.pharmacist,
        'Bonjour Samira. Nous gardons en stock bandes de contention et hydrocellulaires ; ' +
          'pour le reste, prévenez-nous la veille avant 16 h.',
      ],
      [
        CAST.otherHomeNurse,
        'Merci. Nous avons deux places sur la tournée du matin côté Bruyères cette semaine.',
      ],
    ],
  },
  {
    title: 'Sorties de cardiologie',
    by: CAST.nurse,
    teams: [CARDIOLOGY, GP, SECOND_GP, NURSES, OTHER_NURSES, PHARMACY],
    lines: [
      [
        CAST.nurse,
        'Bonjour, les sorties du service se font désormais avant 14 h. ' +
          'La lettre et l’ordonnance partent au même moment, par Liaison.',
      ],
      [CAST.gp, 'Merci Nadia, recevoir la lettre le jour même change tout. Hélène Petit'],
      [
        CAST.secondGp,
        'Même retour à l’Ardon. Pourrait-on avoir le poids de sortie en tête de la lettre ?',
      ],
    ],
  },
];

/** Opens the rooms and lets people speak; what was said before is not said again. */
export async function talk(company: Company): Promise<void> {
  await Promise.all(ROOMS.map((room) => speakIn(company, room)));
}

async function speakIn(company: Company, { title, by, teams, lines }: Room): Promise<void> {
  const members = teams.map((name) => company.team(name));
  const room = await openRoom(company.player(by), title, members);
  await converse(company, room, lines);
}

async function openRoom(
  { liaison }: Player,
  title: string,
  members: readonly MemberId[],
): Promise<CircleId> {
  const known = (await liaison.channels()).find(
    (one) => one.title.state === 'open' && one.title.value === title,
  );
  return known?.id ?? liaison.createChannel(title, members);
}

/** One after the other, each once the one before is on the server. */
export async function converse(company: Company, circle: CircleId, lines: Lines): Promise<void> {
  for (const [who, text] of lines) {
    const { liaison, name } = company.player(who);
    await liaison.sync();
    await until(`${name} does not see the conversation`, async () => {
      return (await isOpen(company.player(who), circle)) ? true : null;
    });
    const said = await liaison.messages(circle);
    if (said.some((one) => one.mine && one.text.state === 'open' && one.text.value === text))
      continue;
    await liaison.post(circle, text, []);
    await allSent(liaison);
  }
}

async function isOpen({ liaison }: Player, circle: CircleId): Promise<boolean> {
  if ((await liaison.channels()).some(({ id }) => id === circle)) return true;
  return (await liaison.handoff(circle))?.letter.state === 'open';
}
