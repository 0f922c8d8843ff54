/**
 * The routes whose rooms a life does without: sessions, the instance, and names of people. They
 * answer what the contract asks and decide nothing.
 */
import { DIRECTORY_ROUTES } from '@liaison/contract/directory';
import { INSTANCE_ROUTES } from '@liaison/contract/instance';
import type { Origin, PersonId, SigningKey } from '@liaison/contract/ids';
import type { Route } from '@liaison/contract/route';
import { SESSION_ROUTES } from '@liaison/contract/session';
import { TRANSPARENCY_ROUTES } from '@liaison/contract/transparency';
import { PROVIDER, type SignInDesk } from './sign-in.desk.js';

/** A request as a handler is given it, with the cookie of the device that sent it. */
export interface Asked {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly bytes: Uint8Array;
  readonly request: object;
  readonly cookie: string;
}

export interface Handler {
  readonly route: Route;
  readonly serve: (asked: Asked) => unknown;
}

const cardOf = (person: PersonId) => ({
  person,
  name: 'Marie ROUX',
  profession: '60',
  structure: '',
  nationalId: null,
  source: 'provider',
  vouchedBy: null,
  since: 0,
  fictional: true,
});

export function ownHandlers(desk: SignInDesk, origin: Origin, logKey: SigningKey): Handler[] {
  const instance = { origin, version: '1', logKey, provider: PROVIDER };
  return [
    { route: INSTANCE_ROUTES.instance, serve: () => instance },
    {
      route: SESSION_ROUTES.login,
      serve: ({ body }) => {
        const { nonce } = body as { nonce: string };
        return { authorizeUrl: desk.authorizeUrl(nonce) };
      },
    },
    // Nobody reads the audit of a life.
    { route: TRANSPARENCY_ROUTES.checkpoint, serve: () => ({ note: null }) },
    { route: SESSION_ROUTES.session, serve: ({ cookie }) => ({ session: desk.view(cookie) }) },
    {
      route: SESSION_ROUTES.signOut,
      serve: ({ cookie }) => {
        desk.end(cookie);
        return { providerLogoutUrl: null };
      },
    },
    {
      route: DIRECTORY_ROUTES.peopleCards,
      serve: ({ body }) => ({ people: (body as { people: PersonId[] }).people.map(cardOf) }),
    },
  ];
}
