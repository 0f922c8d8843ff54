/**
 * A process-local Pro Santé Connect: real HTTP, real codes, real RS256 tokens, fictional people.
 * Its issuer is its own origin, so that none of its tokens can be taken for the real provider's.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Provider } from 'oidc-provider';
import { DISCOVERY_ALIASES, REALM } from './dialect.rules.js';
import { emulatedPeople } from './emulated.people.js';
import { type Forgery, forgeIdToken } from './forge.js';
import { welcomePage } from './login.page.js';
import { COPY_SCRIPT_PATH } from './copy-words.script.js';
import { type Chooser, handleInteraction, sendCopyScript, sendPage } from './login.routes.js';
import { type EmulatedPerson, subjectOf } from './person.claims.js';
import { createProvider } from './provider.factory.js';
import { readRecoveryWords } from './recovery-words.js';
import { loadSigner } from './signing.key.js';
import { answerAlterations } from './token.answers.js';

export const DEFAULT_CLIENT = {
  clientId: 'liaison-emulator',
  clientSecret: 'emulator-secret-without-value',
  redirectUris: ['http://localhost:3000/api/auth/callback'],
} as const;

export interface PscEmulatorOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly dataDir: string;
  readonly host?: string;
  /** How browsers and the server reach it, when that is not http://127.0.0.1:port. */
  readonly publicUrl?: string;
  readonly people?: readonly EmulatedPerson[];
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly redirectUris?: readonly string[];
}

export interface PscEmulator {
  readonly url: string;
  readonly issuer: string;
  readonly discoveryUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The next ID token issued will be this forgery; calls add up, one a token. */
  forgeNext(forgery: Forgery): void;
  /** Alters a token already issued, signed by the emulator's key unless told otherwise. */
  forge(idToken: string, forgery: Forgery): Promise<string>;
  close(): Promise<void>;
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

/**
 * Each sign-in starts from the chooser, whoever signed in before: several people share one browser
 * on this stage, and the library would otherwise first ask the previous one to leave.
 */
function forgetPreviousPerson(request: IncomingMessage): void {
  const kept = (request.headers.cookie ?? '')
    .split(/; */)
    .filter((cookie) => !cookie.startsWith('psc_session'));
  request.headers.cookie = kept.join('; ');
}

function requestHandler(provider: Provider, chooser: Chooser, publicUrl: URL) {
  const answer = provider.callback();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // The library builds its addresses from the Host header: behind a name they must carry it.
    request.headers.host = publicUrl.host;
    request.headers['x-forwarded-proto'] = publicUrl.protocol.slice(0, -1);
    const { pathname } = new URL(request.url ?? '/', publicUrl);
    if (pathname === '/') {
      sendPage(
        response,
        200,
        welcomePage(`${publicUrl.origin}${[...DISCOVERY_ALIASES.keys()][0] ?? ''}`),
      );
      return;
    }
    if (pathname === COPY_SCRIPT_PATH) {
      sendCopyScript(response);
      return;
    }
    if (pathname.startsWith('/interaction/')) {
      await handleInteraction(provider, chooser, request, response);
      return;
    }
    if (/^\/auth(\/[\w-]+)?$/.test(pathname)) forgetPreviousPerson(request);
    request.url = DISCOVERY_ALIASES.get(pathname) ?? request.url ?? '/';
    await answer(request, response);
  };
}

/** The address is part of every token, so the port is taken before the provider is made. */
export async function startPscEmulator(options: PscEmulatorOptions): Promise<PscEmulator> {
  const server = createServer();
  const host = options.host ?? '127.0.0.1';
  const port = await listen(server, options.port, host);
  const publicUrl = new URL(options.publicUrl ?? `http://${host}:${port}`);
  const issuer = `${publicUrl.origin}${REALM}`;
  const people = options.people ?? emulatedPeople();
  const { clientId, clientSecret, redirectUris } = { ...DEFAULT_CLIENT, ...defined(options) };
  const signer = await loadSigner(options.dataDir);
  const forgeries: Forgery[] = [];
  const holders = new Map(people.toReversed().map((person) => [subjectOf(person), person]));
  const holder = (subject: string) => holders.get(subject);
  const client = { clientId, clientSecret, redirectUris };
  const provider = createProvider({ issuer, holder, ...client, signer });
  provider.proxy = true;
  provider.use(answerAlterations({ issuer, clientId, people, signer, forgeries }));
  const words = () => readRecoveryWords(options.dataDir);
  const choose = (person: EmulatedPerson) => void holders.set(subjectOf(person), person);
  const handle = requestHandler(provider, { people, words, choose }, publicUrl);
  server.on('request', (request, response) => void handle(request, response));
  return {
    url: publicUrl.origin,
    issuer,
    discoveryUrl: `${issuer}/.well-known/wallet-openid-configuration`,
    clientId,
    clientSecret,
    forgeNext: (forgery) => void forgeries.push(forgery),
    forge: (idToken, forgery) => forgeIdToken(idToken, forgery, signer),
    close: () => close(server),
  };
}

/** Options that are set: an absent one must not hide its default. */
function defined({ clientId, clientSecret, redirectUris }: PscEmulatorOptions) {
  return {
    ...(clientId === undefined ? {} : { clientId }),
    ...(clientSecret === undefined ? {} : { clientSecret }),
    ...(redirectUris === undefined ? {} : { redirectUris }),
  };
}
