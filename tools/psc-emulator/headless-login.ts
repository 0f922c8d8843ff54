/**
 * Signs a fictional person in without a browser, for tests, the sample story and the demo. It does
 * what a browser would: follows the provider's redirections with its cookies, posts the chooser's
 * form (`personne=<IDNPS>`), and stops at the first address outside the provider: the callback.
 *
 *   const callback = await loginAt(authorizeUrl, '899970000016'); // …/callback?code=…&state=…
 *
 * The callback is not followed: the caller gives it to the server, as its browser would.
 */
const MAX_STEPS = 10;

type Cookies = Map<string, string>;

function remember(cookies: Cookies, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}

async function visit(url: URL, cookies: Cookies, form?: URLSearchParams): Promise<Response> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { accept: 'text/html', cookie },
    ...(form === undefined ? {} : { method: 'POST', body: form }),
  });
  remember(cookies, response);
  return response;
}

async function failure(url: URL, response: Response): Promise<Error> {
  const text = (await response.text()).replace(/<style>.*<\/style>|<[^>]+>/gs, ' ');
  const detail = text.replace(/\s+/g, ' ').trim().slice(0, 300);
  return new Error(`Sign-in stopped at ${url.pathname} with ${response.status}: ${detail}`);
}

/** Follows the provider until the chooser (answered by `form`) and then until it sends us back. */
export async function loginAt(authorizeUrl: string, personIdnps: string): Promise<string> {
  const provider = new URL(authorizeUrl).origin;
  const cookies: Cookies = new Map();
  let url = new URL(authorizeUrl);
  let form: URLSearchParams | undefined;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const response = await visit(url, cookies, form);
    const location = response.headers.get('location');
    if (location !== null) {
      form = undefined;
      url = new URL(location, url);
      if (url.origin !== provider) return url.href;
    } else if (response.ok && form === undefined && url.pathname.startsWith('/interaction/')) {
      form = new URLSearchParams({ personne: personIdnps });
    } else {
      throw await failure(url, response);
    }
  }
  throw new Error(`Sign-in at ${provider} did not end after ${MAX_STEPS} steps.`);
}
