/** The API's page for people: a list of what can be asked, without any script. */
import { ERRORS } from '@liaison/contract/errors';
import type { Route } from '@liaison/contract/route';
import { ALL_ROUTES } from '@liaison/contract/routes';

const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const ACCESS: Readonly<Record<Route['access'], string>> = {
  anybody: 'anybody',
  session: 'a session, even locked',
  unlocked: 'a live session',
  person: 'a live session with an identity',
};

function item(route: Route): string {
  const errors = (route.errors ?? []).map(
    (code) => `<li><code>${code}</code> (${ERRORS[code].status}): ${escape(ERRORS[code].en)}</li>`,
  );
  const refusals = errors.length === 0 ? '' : `<ul>${errors.join('')}</ul>`;
  return `<section id="${route.name}"><h2>${route.method} <code>${escape(route.path)}</code></h2>
<p>${escape(route.summary)}</p><p>For ${ACCESS[route.access]}.</p>${refusals}</section>`;
}

export function apiPage(version: string): string {
  const routes = Object.values(ALL_ROUTES) as unknown as readonly Route[];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Liaison: the API</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>Liaison ${escape(version)}: the API</h1>
<p>${routes.length} routes. The whole contract: <a href="/api/openapi.json">openapi.json</a>.</p>
${routes.map(item).join('\n')}
</main></body></html>
`;
}
