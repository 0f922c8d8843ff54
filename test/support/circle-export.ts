/**
 * A circle as somebody could hand it to an auditor: everything that was served of it to one person,
 * with the logs that it leans on. Read over HTTP, not out of the SDK's store, so that the verifier
 * judges what the server said.
 */
import { parseCanonical } from '@liaison/contract/encoding';
import { CIRCLE_ROUTES } from '@liaison/contract/circle-routes';
import { IDENTITY_ROUTES } from '@liaison/contract/identity';
import type { CircleId, PersonId } from '@liaison/contract/ids';
import { ItemHeader, type SkeletonItem, type WireItem } from '@liaison/contract/item';
import { REQUEST_MARK } from '@liaison/contract/session';
import type { Http } from '@liaison/sdk/http';

export interface CircleExport {
  readonly format: 'liaison-export/1';
  readonly origin: string;
  readonly circle: CircleId;
  readonly items: readonly WireItem[];
  readonly teams: Readonly<Record<string, readonly SkeletonItem[]>>;
  readonly people: Readonly<Record<string, unknown>>;
  readonly keys: readonly { readonly epoch: number; readonly secret: string }[];
}

async function ask(http: Http, method: 'GET' | 'POST', path: string, body?: unknown) {
  const headers = { 'content-type': 'application/json', [REQUEST_MARK.name]: REQUEST_MARK.value };
  const reply = await http(
    body === undefined
      ? { method, path }
      : { method, path, headers, body: Buffer.from(JSON.stringify(body)) },
  );
  if (reply.status !== 200) throw new Error(`${path} answered ${reply.status}`);
  return JSON.parse(Buffer.from(reply.body).toString('utf8')) as unknown;
}

const headersOf = (items: readonly { readonly text: string }[]): ItemHeader[] =>
  items.map(({ text }) => ItemHeader.parse(parseCanonical(text)));

async function itemsOf(http: Http, circle: CircleId): Promise<WireItem[]> {
  const items: WireItem[] = [];
  for (;;) {
    const after = (items.at(-1)?.k ?? -1).toString();
    const page = CIRCLE_ROUTES.items.reply?.parse(
      await ask(http, 'GET', `/api/circles/${circle}/items?after=${after}`),
    );
    items.push(...(page?.items ?? []));
    if (page === undefined || items.length > page.head.k) return items;
  }
}

async function skeletonOf(http: Http, circle: CircleId): Promise<SkeletonItem[]> {
  const answer = await ask(http, 'GET', `/api/circles/${circle}/skeleton?after=-1`);
  return CIRCLE_ROUTES.skeleton.reply?.parse(answer).items ?? [];
}

async function peopleOf(http: Http, people: readonly PersonId[]) {
  const asked = { people: people.map((person) => ({ person, from: 0 })) };
  const answer = await ask(http, 'POST', IDENTITY_ROUTES.queryIdentities.path, asked);
  const logs = IDENTITY_ROUTES.queryIdentities.reply?.parse(answer).logs ?? [];
  return Object.fromEntries(logs.map(({ person, statements }) => [person, statements]));
}

/** Everything that leads to one circle's head, as served to the person behind `http`. */
export async function exportCircle(
  http: Http,
  origin: string,
  circle: CircleId,
): Promise<CircleExport> {
  const items = await itemsOf(http, circle);
  const headers = headersOf(items);
  const acting = new Set(headers.flatMap(({ team }) => (team === null ? [] : [team.circle])));
  const teams: Record<string, SkeletonItem[]> = {};
  for (const team of acting) teams[team] = await skeletonOf(http, team);
  const inTeams = Object.values(teams).flatMap((all) =>
    headersOf(all.flatMap(({ statement }) => statement ?? [])),
  );
  const authors = new Set([...headers, ...inTeams].map(({ author }) => author));
  const people = await peopleOf(http, [...authors]);
  return { format: 'liaison-export/1', origin, circle, items, teams, people, keys: [] };
}
