/**
 * Enrols made people at a real server. Their accounts and sessions are put in by the operator's own
 * hand, as rows, because signing in is not what is measured; the identity log of each is opened
 * over HTTP with the operator's attestation and verified by the server like any other.
 */
import { randomUUID } from 'node:crypto';
import { IDENTITY_ROUTES } from '@liaison/contract/identity';
import type { PersonId } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { Route } from '@liaison/contract/route';
import { REQUEST_MARK, SESSION_ROUTES } from '@liaison/contract/session';
import type { CallReply } from '@liaison/sdk/api';
import type { Recipient } from '@liaison/sdk/logs/circle-items';
import pg from 'pg';
import { newToken, tokenHash } from '../src/identity/token.js';
import type { Reachable } from './local.server.js';
import { type MadePerson, makePerson, recipientIn } from './person.maker.js';

export interface EnrolledPerson extends MadePerson {
  /** The `cookie` header of their session. */
  readonly cookie: string;
}

/** Waiting for the disk is shared; more would only queue at the database. */
const ENROLLED_AT_ONCE = 8;

const ACCOUNTS = `
  INSERT INTO accounts (account_id, name, search, certified, fictional, roles, voucher, created_at)
  SELECT id, 'Bench ' || id, 'bench', false, true, '[]', $2, $3 FROM unnest($1::uuid[]) AS id`;
const SESSIONS = `
  INSERT INTO sessions (session_id, account_id, token_hash, former_until, means, created_at,
    seen_at, ends_at, challenge_until)
  SELECT account, account, hash, 0, 'invitation', $3, $3, $4, 0
  FROM unnest($1::uuid[], $2::bytea[]) AS t (account, hash)`;

/** Accounts let in by the operator, each with an open session; gives the sessions' tokens. */
export async function openSessions(
  server: Reachable,
  count: number,
  now: number,
): Promise<string[]> {
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  const accounts = Array.from({ length: count }, () => randomUUID());
  const tokens = accounts.map(() => newToken());
  const voucher = JSON.stringify({ type: 'operator', role: 'other' });
  await client.query(ACCOUNTS, [accounts, voucher, now]);
  const until = now + LIMITS.sessionMaxMs.value;
  await client.query(SESSIONS, [accounts, tokens.map(tokenHash), now, until]);
  await client.end();
  return tokens;
}

/** One call over HTTP as that session; anything but success is a mistake of the benchmark. */
export async function callAs<R extends Route>(
  server: Reachable,
  cookie: string,
  route: R,
  body: unknown,
): Promise<CallReply<R>> {
  const { host, port } = server.address;
  const reply = await fetch(`http://${host}:${String(port)}${route.path}`, {
    method: route.method,
    headers: {
      cookie,
      'content-type': 'application/json',
      [REQUEST_MARK.name]: REQUEST_MARK.value,
    },
    body: JSON.stringify(body),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${route.name} answered ${String(reply.status)}: ${text}`);
  return route.reply?.parse(JSON.parse(text)) as CallReply<R>;
}

async function enrol(server: Reachable, person: EnrolledPerson): Promise<void> {
  const { cookie, genesis, copies } = person;
  const asked = { genesis: genesis.h };
  const { proof } = await callAs(server, cookie, SESSION_ROUTES.operatorProof, asked);
  const [first, ...rest] = person.statements;
  const statements = [{ ...first, attestation: { type: 'operator', proof } }, ...rest];
  await callAs(server, cookie, IDENTITY_ROUTES.enrol, { statements, copies });
}

/** What others seal to, read out of the logs of people who enrolled themselves. */
export async function recipientsOf(
  server: Reachable,
  cookie: string,
  people: readonly PersonId[],
): Promise<Recipient[]> {
  const wanted = { people: people.map((person) => ({ person, from: 0 })) };
  const { logs } = await callAs(server, cookie, IDENTITY_ROUTES.queryIdentities, wanted);
  return logs.map(({ person, statements }) => recipientIn(person, statements));
}

export async function enrolPeople(server: Reachable, count: number): Promise<EnrolledPerson[]> {
  const now = Date.now();
  const tokens = await openSessions(server, count, now);
  const people = tokens.map((token) => ({
    ...makePerson(server.origin, now),
    cookie: `${server.cookieName}=${token}`,
  }));
  for (let at = 0; at < people.length; at += ENROLLED_AT_ONCE) {
    await Promise.all(people.slice(at, at + ENROLLED_AT_ONCE).map((one) => enrol(server, one)));
  }
  return people;
}
