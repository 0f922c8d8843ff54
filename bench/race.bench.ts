/**
 * Offers of unscheduled care that three accept at the same instant, through several API processes
 * on one PostgreSQL. Each must have exactly one winner; every loser must be told, by the answer to
 * their own act and by a notification that the worker made.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import { type CircleId, personMember, type PersonId } from '@liaison/contract/ids';
import type { NewItem } from '@liaison/contract/item';
import { REQUEST_MARK } from '@liaison/contract/session';
import { ready } from '@liaison/sdk/crypto/sodium';
import pg from 'pg';
import { makeCircle } from './channel.maker.js';
import { bounded, type Figure, percentile, plain } from './figure.js';
import { type LocalServer, type Reachable, startLocalServer } from './local.server.js';
import { callAs, type EnrolledPerson, enrolPeople } from './people.enrolment.js';
import { makeOffer, type Offer } from './race.offers.js';

/** Of a whole race: so many that nobody is told of more than is kept for a person. */
export const PEOPLE = 128;
const ASKED = 3;
const API_PROCESSES = 3;
/** Offers under way at once: each has three acceptors of its own. */
const AT_ONCE = 12;
const TOLD_WITHIN_MS = 300_000;
const LOOK_MS = 500;

/** A race ends with whichever comes first, its offers or its time. */
export interface Bound {
  readonly offers: number;
  readonly forMs: number;
  /** Each sends and is asked in turn. */
  readonly people: number;
}

interface Stage {
  readonly apis: readonly Reachable[];
  readonly people: readonly EnrolledPerson[];
  readonly community: CircleId;
}

interface Run {
  readonly offer: Offer;
  /** Null: taken. Else the code of the refusal. */
  readonly answers: readonly (string | null)[];
  readonly ms: number;
}

interface Told {
  readonly people: ReadonlySet<string>;
  /** Of each handoff, who has it. */
  readonly takers: ReadonlyMap<CircleId, readonly string[]>;
}

async function setUp(server: LocalServer, count: number): Promise<Stage> {
  const people = await enrolPeople(server, count);
  const claims = { kind: 'community', community: null, linked: null } as const;
  const { circle, items } = makeCircle(claims, people, Date.now());
  await callAs(server, people[0]?.cookie ?? '', CIRCLE_ROUTES.submit, { items });
  const apis: Reachable[] = [server];
  while (apis.length < API_PROCESSES) apis.push(await server.beside('api'));
  await server.beside('worker');
  return { apis, people, community: circle };
}

/** What a client sends again as it is: the server had no time for it, and takes it once. */
const BUSY = ['database_unavailable', 'server_busy'];
const ATTEMPTS = 20;

/** As a client's outbox does; null where it was taken, the code where it was refused. */
async function submit(api: Reachable, cookie: string, items: readonly NewItem[]) {
  for (let attempt = 1; ; attempt += 1) {
    const refused = await submitOnce(api, cookie, items);
    if (refused === null || !BUSY.includes(refused) || attempt === ATTEMPTS) return refused;
    await pause(LOOK_MS);
  }
}

async function submitOnce(api: Reachable, cookie: string, items: readonly NewItem[]) {
  const { host, port } = api.address;
  const { method, path } = CIRCLE_ROUTES.submit;
  const mark = { [REQUEST_MARK.name]: REQUEST_MARK.value };
  const reply = await fetch(`http://${host}:${String(port)}${path}`, {
    method,
    headers: { cookie, 'content-type': 'application/json', ...mark },
    body: JSON.stringify({ items }),
  });
  const said = (await reply.json()) as { code?: string };
  return reply.ok ? null : (said.code ?? String(reply.status));
}

async function runOne({ apis, people, community }: Stage, n: number): Promise<Run> {
  const at = (i: number): EnrolledPerson => {
    const one = people[(n + i) % people.length];
    if (one === undefined) throw new Error('A race has people.');
    return one;
  };
  const api = (i: number): Reachable => {
    const one = apis[(n + i) % apis.length];
    if (one === undefined) throw new Error('A race has servers.');
    return one;
  };
  const asked = Array.from({ length: ASKED }, (_, i) => at(i + 1));
  const offer = makeOffer(at(0), asked, community, Date.now());
  const refused = await submit(api(0), offer.sender.cookie, offer.items);
  if (refused !== null) throw new Error(`An offer was refused: ${refused}.`);
  const began = performance.now();
  const answers = await Promise.all(
    offer.answers.map((item, i) => submit(api(i), asked[i]?.cookie ?? '', [item])),
  );
  return { offer, answers, ms: performance.now() - began };
}

async function runAll(stage: Stage, { offers, forMs }: Bound): Promise<Run[]> {
  const runs: Run[] = [];
  const ends = performance.now() + forMs;
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let n = next++; n < offers && performance.now() < ends; n = next++) {
      runs.push(await runOne(stage, n));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return runs;
}

const key = (person: string, circle: string): string => `${person} ${circle}`;

/** What the database says once the worker has taken every event. */
async function told(databaseUrl: string): Promise<Told> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const left = "SELECT 1 FROM outbox WHERE consumer = 'notifications' LIMIT 1";
    for (let ms = 0; (await client.query(left)).rowCount !== 0; ms += LOOK_MS) {
      if (ms > TOLD_WITHIN_MS) throw new Error('The worker did not take the events in time.');
      await pause(LOOK_MS);
    }
    const people = await client.query<{ person: PersonId; circle: CircleId }>(
      `SELECT person_id AS person, circle_id AS circle FROM notifications
        WHERE reason = 'handoff-taken'`,
    );
    const takers = await client.query<{ circle: CircleId; members: string[] }>(
      `SELECT circle_id AS circle, array_agg(member_id) AS members FROM handoff_addressees
        WHERE phase = 'accepted' GROUP BY circle_id`,
    );
    return {
      people: new Set(people.rows.map(({ person, circle }) => key(person, circle))),
      takers: new Map(takers.rows.map(({ circle, members }) => [circle, members])),
    };
  } finally {
    await client.end();
  }
}

interface Outcome {
  readonly winners: number;
  readonly losers: number;
  readonly told: number;
  /** Whatever must not be: two winners, none, another refusal, a winner who is told of another. */
  readonly faults: number;
}

function outcomeOf(runs: readonly Run[], { people, takers }: Told): Outcome {
  let [winners, losers, heard, faults] = [0, 0, 0, 0];
  for (const { offer, answers } of runs) {
    const names = offer.asked.map(({ author }) => author.person);
    const won = names.filter((_, i) => answers[i] === null);
    const lost = names.filter((_, i) => answers[i] === 'handoff_taken');
    const [winner] = won;
    const kept = takers.get(offer.circle) ?? [];
    const isOne = winner !== undefined && won.length === 1 && kept.length === 1;
    const isSame = isOne && kept[0] === personMember(winner);
    winners += isSame ? 1 : 0;
    losers += lost.length;
    heard += lost.filter((person) => people.has(key(person, offer.circle))).length;
    const isMisled = won.some((person) => people.has(key(person, offer.circle)));
    faults += isSame && lost.length === ASKED - 1 && !isMisled ? 0 : 1;
  }
  return { winners, losers, told: heard, faults };
}

const count = (n: number): string => n.toLocaleString('en');

export async function race(bound: Bound): Promise<Figure[]> {
  await ready();
  const server = await startLocalServer('production');
  try {
    const stage = await setUp(server, bound.people);
    const began = performance.now();
    const runs = await runAll(stage, bound);
    const offers = runs.length;
    const ran = (performance.now() - began) / 1000;
    const outcome = outcomeOf(runs, await told(server.databaseUrl));
    const { winners, losers, told: heard, faults } = outcome;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(
      `${count(offers)} offers: ${count(winners)} winners, ` +
        `${count(losers)} losers told ${count(heard)} ` +
        `(${String(API_PROCESSES)} API processes, ${seconds} s)`,
    );
    const times = runs.map(({ ms }) => ms);
    return [
      bounded('offers without exactly one winner', 'offers', offers - winners, 0),
      bounded('losers who were not told', 'people', offers * (ASKED - 1) - heard, 0),
      bounded('offers with anything else amiss', 'offers', faults, 0),
      plain('offers raced', 'a second', offers / ran),
      plain('three answers to one offer, p99', 'ms', percentile(times, 99)),
    ];
  } finally {
    await server.stop();
  }
}
