/**
 * The sample's two discharges. The first one is taken: by the doctor and the pharmacist as asked,
 * by another practice than the one that was asked first. The second one waits for its answers, so
 * that whoever opens a browser has something to do.
 */
import type { CircleId, MemberId } from '@liaison/contract/ids';
import type { HandoffView } from '@liaison/sdk/face';
import type { Player } from '../cast/cast.js';
import { CAST, type Company } from '../cast/company.js';
import {
  type Discharge,
  draftOf,
  GP,
  HOUR_MS,
  NURSES,
  OTHER_NURSES,
  PHARMACY,
} from '../cast/discharge.js';
import { heartFailure } from '../cast/heart-failure.discharge.js';
import { allSent } from '../cast/settling.js';
import { stent } from '../cast/stent.discharge.js';
import { converse, type Lines } from './talk.js';

/** One id each, for ever: sending twice is sending once. */
const IDS = {
  taken: '018f5a00-0000-7000-8000-000000000001',
  open: '018f5a00-0000-7000-8000-000000000002',
};

const CONVERSATION: Lines = [
  [
    CAST.gp,
    'Bien reçu, merci. Je passe voir Mme Lambert jeudi. ' +
      'Peut-on confirmer l’arrêt de la warfarine dès ce soir ?',
  ],
  [
    CAST.nurse,
    'Oui : dernière prise hier, INR à 1,8 ce matin, apixaban commencé à midi. ' +
      'La patiente et sa fille ont été prévenues.',
  ],
  [
    CAST.pharmacist,
    'Pilulier prêt, anciens comprimés à nous rapporter. J’appelle sa fille pour l’apixaban.',
  ],
  [
    CAST.otherHomeNurse,
    'Premier passage demain à 8 h 30, avec pesée. Nous avons la bande de contention.',
  ],
];

export async function playDischarges(company: Company, now: number): Promise<void> {
  const nurse = company.player(CAST.nurse);
  const taken = await send(company, nurse, heartFailure(now), IDS.taken, now);
  await takePart(company, CAST.gp, taken, GP, 'Visite prévue jeudi.');
  await takePart(company, CAST.pharmacist, taken, PHARMACY, '');
  await findAnotherPractice(company, nurse, taken, now);
  await takePart(company, CAST.otherHomeNurse, taken, OTHER_NURSES, 'Dès demain matin.');
  await converse(company, taken, CONVERSATION);
  await deliver(company, taken);
  await send(company, nurse, stent(now), IDS.open, now);
}

async function send(
  company: Company,
  { liaison }: Player,
  discharge: Discharge,
  id: string,
  now: number,
): Promise<CircleId> {
  await liaison.sync();
  await allSent(liaison);
  const sent = (await liaison.handoffs()).find((one) => patientOf(one) === discharge.patient);
  if (sent !== undefined) return sent.id;
  return liaison.sendHandoff(draftOf(discharge, id, now, (name) => company.team(name)));
}

/** The addressee reads, then takes it, unless they have answered before. */
async function takePart(
  company: Company,
  who: string,
  id: CircleId,
  team: string,
  note: string,
): Promise<void> {
  const { liaison } = company.player(who);
  const as = company.team(team);
  const view = await seen(company.player(who), id);
  if (phaseOf(view, as) !== 'offered') return;
  await liaison.markRead(id);
  await liaison.accept(id, as, note);
}

async function findAnotherPractice(
  company: Company,
  nurse: Player,
  id: CircleId,
  now: number,
): Promise<void> {
  const [first, second] = [company.team(NURSES), company.team(OTHER_NURSES)];
  const asked = company.player(CAST.homeNurse);
  if (phaseOf(await seen(asked, id), first) === 'offered') {
    await asked.liaison.markRead(id);
    await asked.liaison.decline(id, first, 'no-capacity', 'Tournée complète jusqu’à lundi.');
  }
  if (phaseOf(await seen(nurse, id), second) === undefined) {
    await nurse.liaison.reassign(id, first, second, now + 3 * HOUR_MS);
  }
}

async function deliver(company: Company, id: CircleId): Promise<void> {
  const pharmacist = company.player(CAST.pharmacist);
  const { tasks } = await seen(pharmacist, id);
  const own = tasks.find(({ owner }) => owner.member === company.team(PHARMACY));
  if (own?.doneAt !== null) return;
  await pharmacist.liaison.taskDone(id, own.task, 'Délivré à sa fille, plan de prise expliqué.');
}

async function seen({ liaison, name }: Player, id: CircleId): Promise<HandoffView> {
  await liaison.sync();
  const view = await liaison.handoff(id);
  if (view === null) throw new Error(`${name} does not see the handoff.`);
  return view;
}

const phaseOf = (view: HandoffView, team: MemberId) =>
  view.addressees.find(({ party }) => party.member === team)?.phase;

const patientOf = ({ letter }: HandoffView): string | null =>
  letter.state === 'open' ? letter.value.patient.birthName : null;
