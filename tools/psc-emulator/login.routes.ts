/**
 * The interaction of a sign-in: GET shows the chooser, POST `personne=<IDNPS>` signs in as that
 * person, POST `refuser=1` declines. Whoever can reach the emulator may be anybody: it is a stage.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { COPY_SCRIPT } from './copy-words.script.js';
import { ASSURANCE } from './dialect.rules.js';
import { loginPage } from './login.page.js';
import { errorPage } from './page.parts.js';
import { type EmulatedPerson, subjectOf } from './person.claims.js';
import type { RecoveryWords } from './recovery-words.js';

/** The form has one short field. */
const FORM_BYTES = 4096;

const SECURITY = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export function sendPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { ...SECURITY, 'content-type': 'text/html; charset=utf-8' });
  response.end(html);
}

export function sendCopyScript(response: ServerResponse): void {
  response.writeHead(200, { ...SECURITY, 'content-type': 'text/javascript; charset=utf-8' });
  response.end(COPY_SCRIPT);
}

/** Who may be chosen, and the words of those whom the first start's story has enrolled. */
export interface Chooser {
  readonly people: readonly EmulatedPerson[];
  readonly words: () => RecoveryWords;
  /** From here on, the provider holds this person under this name. */
  readonly choose: (person: EmulatedPerson) => void;
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > FORM_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function resultOf(
  form: URLSearchParams,
  people: readonly EmulatedPerson[],
  choose: Chooser['choose'],
): object | undefined {
  if (form.has('refuser')) {
    return { error: 'access_denied', error_description: 'the person declined' };
  }
  const person = people.find(({ key }) => key === form.get('personne'));
  if (person === undefined) return undefined;
  choose(person);
  return { login: { accountId: subjectOf(person), acr: ASSURANCE, remember: false } };
}

async function submit(
  provider: Provider,
  { people, choose }: Chooser,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const form = await readForm(request);
  const result = form && resultOf(form, people, choose);
  if (result === undefined) {
    sendPage(response, 400, errorPage({ error: 'unknown_person' }));
    return;
  }
  await provider.interactionFinished(request, response, result);
}

export async function handleInteraction(
  provider: Provider,
  chooser: Chooser,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { uid } = await provider.interactionDetails(request, response);
    if (request.method === 'POST') await submit(provider, chooser, request, response);
    else {
      const { people, words } = chooser;
      sendPage(response, 200, loginPage(`/interaction/${uid}`, people, words()));
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    sendPage(response, 400, errorPage({ error: 'interaction_expired', error_description: detail }));
  }
}
