/**
 * The server of a life: the rooms of `src` as they are, put together by hand as Nest would, over
 * rows in memory. Two of them share the rows, as two processes share a database, and each request
 * goes to one of both: what one remembers must not mislead the other.
 */
import 'reflect-metadata';
import { toBase64Url, utf8 } from '@liaison/contract/bytes';
import { ERRORS, Problem } from '@liaison/contract/errors';
import type { Origin, Signature, SigningKey } from '@liaison/contract/ids';
import type { HttpReply, HttpRequest } from '@liaison/sdk/http';
import { ChannelsController } from '../../../src/channels/channels.controller.js';
import { Inbox } from '../../../src/channels/inbox.js';
import { LaneRows } from '../../../src/channels/lane.rows.js';
import { Lanes } from '../../../src/channels/lanes.js';
import { MessageRule } from '../../../src/channels/message.rule.js';
import { AppendQueue } from '../../../src/circles/append.queue.js';
import { AppendTransaction } from '../../../src/circles/append.transaction.js';
import { CircleMembers } from '../../../src/circles/circle.members.js';
import { CircleProjection } from '../../../src/circles/circle.projection.js';
import { CircleReader } from '../../../src/circles/circle.reader.js';
import { CircleStates } from '../../../src/circles/circle.states.js';
import { CirclesController } from '../../../src/circles/circles.controller.js';
import { CitedHeads } from '../../../src/circles/cited-heads.js';
import { EntryRules } from '../../../src/circles/entry-rule.js';
import { Submissions } from '../../../src/circles/submissions.js';
import { CircleCards } from '../../../src/communities/circle.cards.js';
import { CommunitiesController } from '../../../src/communities/communities.controller.js';
import { CommunityReader } from '../../../src/communities/community.reader.js';
import { EndorsementRule } from '../../../src/communities/endorsement.rule.js';
import { AttestationCheck } from '../../../src/devices/attestation.check.js';
import { IdentitiesController } from '../../../src/devices/identities.controller.js';
import { IdentityAppend } from '../../../src/devices/identity.append.js';
import { IdentityLogs } from '../../../src/devices/identity.logs.js';
import { Links } from '../../../src/devices/links.js';
import { LinksController } from '../../../src/devices/links.controller.js';
import { Committed, type Push } from '../../../src/events/committed.js';
import type { Outbox } from '../../../src/events/outbox.js';
import { rememberCaller } from '../../../src/identity/caller.js';
import { Clock } from '../../../src/platform/clock/clock.js';
import type { Config } from '../../../src/platform/config/config.js';
import { readCall } from '../../../src/platform/http/call.js';
import { routeOf } from '../../../src/platform/http/serves.decorator.js';
import { IdentityTree } from '../../../src/transparency/identity.tree.js';
import type { LogKey } from '../../../src/transparency/log-key.js';
import { TransparencyController } from '../../../src/transparency/transparency.controller.js';
import { TreeNotes } from '../../../src/transparency/tree.notes.js';
import { Chance } from '../chance.js';
import sodium from '../primitives/sodium.face.js';
import { SimulatedDatabase } from '../rows/database.js';
import { type Handler, ownHandlers } from './own.controllers.js';
import { SignInDesk } from './sign-in.desk.js';

export const ORIGIN = 'https://liaison.test' as Origin;
const PROCESSES = 2;

class LifeClock extends Clock {
  constructor(readonly now: () => number) {
    super();
  }
}

function logKeyFrom(chance: Chance): LogKey {
  const { publicKey, privateKey } = sodium.crypto_sign_seed_keypair(chance.bytes(32));
  const sign = (bytes: Uint8Array): Uint8Array => sodium.crypto_sign_detached(bytes, privateKey);
  const key: unknown = {
    publicKey,
    signingKey: toBase64Url(publicKey) as SigningKey,
    sign,
    signAside: (bytes: Uint8Array) => Promise.resolve(toBase64Url(sign(bytes)) as Signature),
  };
  return key as LogKey;
}

/** What is recorded for audit and notifications is heard by nobody in a life. */
const nobodyHears: unknown = {
  record: () => Promise.resolve(),
  recordNow: () => Promise.resolve(),
};

/** A life has no shared posts: nobody asks for what opens their sessions. */
const noPosts: unknown = null;
const NO_POST = noPosts as never;

interface Shared {
  readonly database: SimulatedDatabase;
  readonly desk: SignInDesk;
  readonly logKey: LogKey;
  readonly clock: Clock;
  readonly pushed: (push: Push) => void;
}

/** The rooms of one process, and what their controllers serve. */
function openProcess({ database: rows, desk, logKey, clock, pushed }: Shared): Handler[] {
  const database = rows.face;
  const settings: unknown = { publicOrigin: ORIGIN };
  const config = settings as Config;
  const outbox = nobodyHears as Outbox;
  const committed = new Committed();
  committed.subscribe(pushed);
  const logs = new IdentityLogs();
  const proofs = desk.proofs();
  const check = new AttestationCheck(proofs, logs, logKey);
  const tree = new IdentityTree(database, new TreeNotes(logKey, config));
  const identities = new IdentityAppend(logs, check, proofs, tree, outbox, clock, config);
  const members = new CircleMembers(database, clock);
  const rules = new EntryRules();
  rules.register(new EndorsementRule());
  rules.register(new MessageRule(members));
  const transactions = new AppendTransaction(
    database,
    new CircleStates(),
    logs,
    identities,
    new CircleProjection(),
    rules,
    outbox,
    clock,
  );
  const queue = new AppendQueue(transactions);
  const base = [database, logs] as const;
  const submissions = new Submissions(
    ...base,
    queue,
    committed,
    logKey,
    new CitedHeads(logKey, config),
    clock,
    config,
  );
  const reader = new CircleReader(database, members, outbox);
  const laneRows = new LaneRows(database);
  const lanes = new Lanes(database, laneRows, members, logs, committed, clock, config);
  const cards = new CircleCards(database, clock, members);
  const communities = new CommunityReader(database, clock, members);
  const links = new Links(database, clock, config);
  const controllers = [
    new CirclesController(submissions, reader),
    new IdentitiesController(database, identities, committed),
    new ChannelsController(new Inbox(database, clock), lanes),
    new CommunitiesController(communities, cards),
    new TransparencyController(database, tree),
    new LinksController(links, logs, database, clock, NO_POST, NO_POST, NO_POST),
  ];
  const own = ownHandlers(desk, ORIGIN, logKey.signingKey);
  return [...controllers.flatMap(handlersOf), ...own];
}

type Serve = Handler['serve'];

/** The handlers of a controller, found by what `@Serves` wrote on them. */
function handlersOf(controller: object): Handler[] {
  const shape = Object.getPrototypeOf(controller) as object;
  return Object.getOwnPropertyNames(shape).flatMap((name): Handler[] => {
    const method = (shape as Record<string, unknown>)[name];
    if (typeof method !== 'function' || name === 'constructor') return [];
    const route = routeOf({ getHandler: () => method });
    return route === undefined ? [] : [{ route, serve: method.bind(controller) as Serve }];
  });
}

/** A handler with its path in parts. */
interface Place {
  readonly handler: Handler;
  readonly parts: readonly string[];
}

/** By what a request shows at once: its method, and how many parts its path has. */
type Places = ReadonlyMap<string, readonly Place[]>;

interface Found {
  readonly handler: Handler;
  readonly params: Record<string, string>;
}

const shelf = (method: string, parts: readonly string[]): string => `${method} ${parts.length}`;

function placesOf(handlers: readonly Handler[]): Places {
  const places = new Map<string, Place[]>();
  for (const handler of handlers) {
    const parts = handler.route.path.split('/');
    const name = shelf(handler.route.method, parts);
    places.set(name, [...(places.get(name) ?? []), { handler, parts }]);
  }
  return places;
}

function find(places: Places, method: string, path: string): Found | null {
  const given = path.split('/');
  for (const { handler, parts } of places.get(shelf(method, given)) ?? []) {
    if (!parts.every((part, i) => part.startsWith(':') || part === given[i])) continue;
    const params: Record<string, string> = {};
    for (const [i, part] of parts.entries()) {
      if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(given[i] ?? '');
    }
    return { handler, params };
  }
  return null;
}

export class LifeServer {
  readonly database: SimulatedDatabase;
  readonly desk: SignInDesk;
  /** What somebody's open line should hear. */
  push: (push: Push) => void = () => undefined;
  /** What was no refusal but a mistake of the server's own. */
  readonly mistakes: unknown[] = [];
  readonly #shared: Shared;
  readonly #processes: Places[];

  constructor(
    private readonly chance: Chance,
    now: () => number,
  ) {
    this.database = new SimulatedDatabase(now);
    this.desk = new SignInDesk(chance, now);
    this.#shared = {
      database: this.database,
      desk: this.desk,
      logKey: logKeyFrom(new Chance('the log key of every life')),
      clock: new LifeClock(now),
      pushed: (push) => this.push(push),
    };
    this.#processes = Array.from({ length: PROCESSES }, () => this.#open());
  }

  /** One of the processes ends and another begins, which remembers nothing. */
  restart(): void {
    this.#processes[this.chance.below(PROCESSES)] = this.#open();
  }

  #open(): Places {
    return placesOf(openProcess(this.#shared));
  }

  async answer(cookie: string, request: HttpRequest): Promise<HttpReply> {
    try {
      return reply(200, await this.#serve(cookie, request));
    } catch (error) {
      if (!(error instanceof Problem)) {
        this.mistakes.push(error);
        return reply(500, { code: 'internal_error' });
      }
      const { code, detail, fields } = error;
      return reply(ERRORS[code].status, { code, detail, fields });
    }
  }

  #serve(cookie: string, { method, path, body }: HttpRequest): unknown {
    const [where = '', query] = path.split('?');
    const places = this.chance.pick(this.#processes);
    const found = places === undefined ? null : find(places, method, where);
    if (found === null) throw new Problem('not_found');
    const { handler, params } = found;
    const caller = this.desk.caller(cookie);
    if (handler.route.access !== 'anybody' && caller === null) throw new Problem('not_signed_in');
    const request: unknown = {
      params,
      query: query === undefined ? {} : Object.fromEntries(new URLSearchParams(query)),
      body: typeof body === 'string' ? (JSON.parse(body) as unknown) : body,
    };
    if (caller !== null) rememberCaller(request as object, caller);
    type Read = Parameters<typeof readCall>;
    const call = readCall(handler.route, request as Read[1], request as Read[2]);
    return handler.serve({ ...call, request: request as object, cookie });
  }
}

function reply(status: number, value: unknown): HttpReply {
  return { status, headers: {}, body: utf8(JSON.stringify(value)) };
}
