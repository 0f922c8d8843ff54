/**
 * The frame of every page the emulator shows. It says on each that nothing here is real, and loads
 * nothing from anywhere else: no image, no font, no script but its own.
 */
const STYLE = `
:root { color-scheme: light dark; --ink:#1d2b36; --soft:#4d6070; --paper:#f4f6f5; --card:#fff;
  --line:#cdd6d9; --accent:#0b5c66; --warn:#fdf1d8; --warnink:#5c4300; }
@media (prefers-color-scheme: dark) { :root { --ink:#e8eef0; --soft:#a9bac2; --paper:#12191d;
  --card:#1b252a; --line:#35444b; --accent:#7fd0d8; --warn:#3a2f12; --warnink:#f5dfa6; } }
* { box-sizing: border-box; }
body { margin:0; background:var(--paper); color:var(--ink); font:1rem/1.5 system-ui, sans-serif; }
main { max-width:60rem; margin:0 auto; padding:1.5rem 1rem 3rem; }
h1 { font-size:1.5rem; line-height:1.25; margin:.5rem 0; }
h2 { font-size:1rem; margin:1.75rem 0 .6rem; color:var(--soft); font-weight:600; }
.notice { background:var(--warn); color:var(--warnink); padding:.75rem 1rem; margin:0;
  text-align:center; }
.people { list-style:none; padding:0; margin:0; display:grid; gap:.6rem;
  grid-template-columns:repeat(auto-fill, minmax(17rem, 1fr)); }
details { margin:.25rem .25rem 0; font-size:.9rem; color:var(--soft); }
summary { cursor:pointer; padding:.4rem .75rem; }
.words { margin:.25rem .75rem .5rem; color:var(--ink); user-select:all; }
.people .copy { width:auto; min-height:2.75rem; margin:0 .75rem .5rem; padding:.4rem 1rem; }
.people button { width:100%; min-height:4.5rem; text-align:left; font:inherit; color:inherit;
  background:var(--card); border:1px solid var(--line); border-radius:.6rem; padding:.75rem 1rem;
  cursor:pointer; }
.people button:hover { border-color:var(--accent); }
button:focus-visible, a:focus-visible { outline:3px solid var(--accent); outline-offset:2px; }
.name { display:block; font-weight:600; }
.detail { display:block; color:var(--soft); font-size:.9rem; }
.refuse { margin-top:2rem; font:inherit; color:var(--ink); background:none; padding:.6rem 1.2rem;
  border:1px solid var(--line); border-radius:.6rem; cursor:pointer; min-height:2.75rem; }
code { font-size:.9em; overflow-wrap:anywhere; }
`;

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ENTITIES.get(letter) ?? '');
}

export function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><p class="notice">Ceci est un émulateur : identités fictives, aucune valeur hors de cette
machine.</p></header>
<main>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`;
}

export function errorPage(out: { error: string; error_description?: string }): string {
  return page(
    'Connexion impossible',
    `<p>La demande de connexion n’a pas pu aboutir. Retournez à l’application et recommencez.</p>
<p>Détail technique : <code>${escapeHtml(out.error)}</code>
${escapeHtml(out.error_description ?? '')}</p>`,
  );
}

export function signedOutPage(): string {
  return page('Vous êtes déconnecté', '<p>Vous pouvez fermer cette page.</p>');
}
