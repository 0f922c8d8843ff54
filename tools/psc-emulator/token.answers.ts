/**
 * What the emulator changes in the library's answers: userinfo as a signed JWT for some people, and
 * the forged ID tokens that attack tests ask for.
 */
import type { Context } from 'oidc-provider';
import { type Forgery, forgeIdToken } from './forge.js';
import { type EmulatedPerson, subjectOf } from './person.claims.js';
import type { TokenSigner } from './signing.key.js';

interface AnswerSetup {
  readonly issuer: string;
  readonly clientId: string;
  readonly people: readonly EmulatedPerson[];
  readonly signer: TokenSigner;
  /** One forgery an answer, first in first out; empty means honest answers. */
  readonly forgeries: Forgery[];
}

/** `?format=jwt|json` decides, then an `Accept` of JWT alone, then the person's own habit. */
function wantsSigned(ctx: Context, people: readonly EmulatedPerson[], sub: unknown): boolean {
  const { format } = ctx.query;
  if (format === 'jwt' || format === 'json') return format === 'jwt';
  if (ctx.headers['accept'] === 'application/jwt') return true;
  return people.some((person) => person.signedUserinfo && subjectOf(person) === sub);
}

async function signUserinfo(ctx: Context, setup: AnswerSetup): Promise<void> {
  const claims = ctx.body as Record<string, unknown>;
  if (!wantsSigned(ctx, setup.people, claims['sub'])) return;
  const body = await setup.signer.sign({ ...claims, iss: setup.issuer, aud: setup.clientId });
  Object.assign(ctx, { body, type: 'application/jwt' });
}

async function forgeToken(ctx: Context, setup: AnswerSetup): Promise<void> {
  const answer = ctx.body as { id_token?: string };
  if (answer.id_token === undefined) return;
  const forgery = setup.forgeries.shift();
  if (forgery === undefined) return;
  const forged = await forgeIdToken(answer.id_token, forgery, setup.signer);
  Object.assign(ctx, { body: { ...answer, id_token: forged } });
}

export function answerAlterations(setup: AnswerSetup) {
  return async (ctx: Context, next: () => Promise<void>): Promise<void> => {
    await next();
    // A path that no route of the provider matched has no context of the provider.
    if (!('oidc' in ctx) || ctx.status !== 200) return;
    if (ctx.oidc.route === 'userinfo') await signUserinfo(ctx, setup);
    if (ctx.oidc.route === 'token') await forgeToken(ctx, setup);
  };
}
