/** The page that lists caught mails. It loads nothing and shows text only, never a mail's HTML. */
import type { CaughtMail } from './caught.mail.js';

const STYLE = `
:root { color-scheme: light dark; --ink:#1d2b36; --soft:#4d6070; --paper:#f4f6f5; --card:#fff;
  --line:#cdd6d9; }
@media (prefers-color-scheme: dark) { :root { --ink:#e8eef0; --soft:#a9bac2; --paper:#12191d;
  --card:#1b252a; --line:#35444b; } }
body { margin:0; background:var(--paper); color:var(--ink); font:1rem/1.5 system-ui, sans-serif; }
main { max-width:52rem; margin:0 auto; padding:1.5rem 1rem 3rem; }
h1 { font-size:1.5rem; margin:.5rem 0; }
article { background:var(--card); border:1px solid var(--line); border-radius:.6rem;
  padding:.75rem 1rem; margin:.75rem 0; }
h2 { font-size:1.05rem; margin:0; }
p { margin:.25rem 0; color:var(--soft); }
pre { white-space:pre-wrap; overflow-wrap:anywhere; font:inherit; margin:.5rem 0 0; }
`;

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (letter) => ENTITIES.get(letter) ?? '');

const when = new Intl.DateTimeFormat('fr-FR', {
  dateStyle: 'long',
  timeStyle: 'medium',
  timeZone: 'Europe/Paris',
});

function article(mail: CaughtMail): string {
  return `<article id="${escapeHtml(mail.id)}">
<h2>${escapeHtml(mail.subject || '(sans objet)')}</h2>
<p>À ${escapeHtml(mail.to.join(', '))} · le ${escapeHtml(when.format(mail.receivedAt))}</p>
<pre>${escapeHtml(mail.text)}</pre>
</article>`;
}

export function mailPage(mails: readonly CaughtMail[]): string {
  const list = mails.length === 0 ? '<p>Aucun courriel pour l’instant.</p>' : '';
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Courriels interceptés</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Courriels interceptés</h1>
<p>Aucun de ces messages n’est parti : ce service tient la place d’un serveur de courriel.
Rechargez la page pour voir les nouveaux.</p>
${list}${mails.map(article).join('\n')}
</main>
</body>
</html>
`;
}
