/**
 * A discharge from end to end among the sample's people, each at their own device and told by the
 * socket: what a newcomer may watch, and what shows how long each step takes here.
 */
import { randomUUID } from 'node:crypto';
import type { CircleId } from '@liaison/contract/ids';
import type { HandoffView } from '@liaison/sdk/face';
import { arrive, type Player, professionals, type Stage } from '../cast/cast.js';
import { CAST, Company } from '../cast/company.js';
import { draftOf, GP, NURSES, PHARMACY } from '../cast/discharge.js';
import { pacemaker } from '../cast/pacemaker.discharge.js';
import { until } from '../cast/settling.js';
import { Stopwatch } from './stopwatch.js';

const ON_STAGE: readonly string[] = [CAST.nurse, CAST.gp, CAST.homeNurse, CAST.pharmacist];

/** Who takes the handoff, as which team, with which words. */
const ANSWERS = [
  [CAST.gp, GP, 'Je la vois la semaine prochaine.'],
  [CAST.homeNurse, NURSES, 'Premier pansement dans trois jours, à 9 h.'],
  [CAST.pharmacist, PHARMACY, ''],
] as const;

export interface Demo {
  readonly stage: Stage;
  readonly now: number;
  readonly tell: (line: string) => void;
}

export async function playDemo({ stage, now, tell }: Demo): Promise<void> {
  const watch = new Stopwatch(tell);
  const company = await watch.step('Four professionals sign in at their devices', () =>
    comeOnStage(stage),
  );
  try {
    await playDischarge(company, watch, now);
  } finally {
    for (const { liaison } of company.everybody()) await liaison.dispose();
  }
  watch.total();
}

async function comeOnStage(stage: Stage): Promise<Company> {
  const roles = professionals().filter(({ id }) => ON_STAGE.includes(id));
  const players = await Promise.all(roles.map((role) => arrive(stage, role)));
  const teams = await Promise.all(
    players.map(async ({ liaison }) => (await liaison.session()).teams),
  );
  const named = teams.flat().map(({ name, member }) => [name, member] as const);
  return new Company(new Map(players.map((player) => [player.id, player])), new Map(named));
}

async function playDischarge(company: Company, watch: Stopwatch, now: number): Promise<void> {
  const nurse = company.player(CAST.nurse);
  const discharge = pacemaker(now);
  const draft = draftOf(discharge, randomUUID(), now, (name) => company.team(name));
  const id = await watch.step(`${nurse.name} hands a patient over to three teams`, () =>
    nurse.liaison.sendHandoff(draft),
  );
  for (const [who, team] of ANSWERS) {
    await watch.step(`${company.player(who).name} has the letter open (${team})`, () =>
      letterOpen(company.player(who), id),
    );
  }
  await openPrescription(company.player(CAST.pharmacist), id, watch);
  for (const [who, team, note] of ANSWERS) {
    await watch.step(`${company.player(who).name} accepts, and the ward sees it`, async () => {
      await company.player(who).liaison.accept(id, company.team(team), note);
      await phaseSeen(company, id, team, 'accepted');
    });
  }
  await talk(company, id, watch);
  await finish(company, id, watch);
}

async function openPrescription(player: Player, id: CircleId, watch: Stopwatch): Promise<void> {
  await watch.step(`${player.name} opens the prescription`, async () => {
    const view = await letterOpen(player, id);
    const [file] = view.letter.state === 'open' ? view.letter.value.attachments : [];
    if (file === undefined) throw new Error('The prescription is missing.');
    await player.liaison.attachment(id, file);
  });
}

async function talk(company: Company, id: CircleId, watch: Stopwatch): Promise<void> {
  const [from, to] = [company.player(CAST.homeNurse), company.player(CAST.nurse)];
  const text = 'Faut-il retirer la compresse avant la douche ?';
  await watch.step(`${from.name} asks a question, and ${to.name} reads it`, async () => {
    await from.liaison.post(id, text, []);
    await until('the question does not arrive', async () => {
      const said = await to.liaison.messages(id);
      return said.some((one) => one.text.state === 'open' && one.text.value === text) || null;
    });
  });
}

async function finish(company: Company, id: CircleId, watch: Stopwatch): Promise<void> {
  const [nurse, doer] = [company.player(CAST.nurse), company.player(CAST.homeNurse)];
  await watch.step(`${doer.name} has done the dressing`, async () => {
    const task = (await letterOpen(doer, id)).tasks[0];
    if (task === undefined) throw new Error('The plan is empty.');
    await doer.liaison.taskDone(id, task.task, 'Cicatrice propre.');
    await doer.liaison.done(id, company.team(NURSES), '');
    await phaseSeen(company, id, NURSES, 'done');
  });
  await watch.step(`${nurse.name} closes the handoff`, () => nurse.liaison.close(id));
}

function letterOpen({ liaison, name }: Player, id: CircleId): Promise<HandoffView> {
  return until(`${name} does not have the letter`, async () => {
    const view = await liaison.handoff(id);
    return view?.letter.state === 'open' ? view : null;
  });
}

async function phaseSeen(
  company: Company,
  id: CircleId,
  team: string,
  phase: string,
): Promise<void> {
  const { liaison } = company.player(CAST.nurse);
  await until(`the ward does not see that ${team} is ${phase}`, async () => {
    const view = await liaison.handoff(id);
    const found = view?.addressees.find(({ party }) => party.member === company.team(team));
    return found?.phase === phase || null;
  });
}
