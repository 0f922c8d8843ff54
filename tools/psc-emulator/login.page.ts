/**
 * The chooser: one card a fictional person, one click to sign in. It works without any script; the
 * small one that is served with it only copies recovery words.
 */
import { COPY_SCRIPT_PATH } from './copy-words.script.js';
import { escapeHtml, page } from './page.parts.js';
import type { EmulatedPerson } from './person.claims.js';
import type { RecoveryWords } from './recovery-words.js';

function describe(person: EmulatedPerson): string[] {
  const professions = new Set(person.activities.map((a) => a.skillLabel || a.professionLabel));
  const places = new Set(person.activities.map((a) => a.tradeName || a.organisationName));
  return [[...professions].join(' et '), [...places].join(' · ')];
}

/** The button is shown by the script: without it the words can still be selected. */
function wordsOf(name: string, words: readonly string[] | undefined): string {
  if (words === undefined) return '';
  const text = escapeHtml(words.join(' '));
  return `<details><summary>Mots de secours (fictifs)</summary>
<p class="words">${text}</p>
<button type="button" class="copy" data-words="${text}" hidden
 aria-label="Copier les mots de ${escapeHtml(name)}">Copier</button></details>`;
}

/** By the register that gives the number: `8` before an RPPS, `0` before an ADELI. */
function numberOf({ nationalId }: EmulatedPerson): string {
  const register = nationalId.startsWith('8') ? 'RPPS' : 'ADELI';
  return `${register} ${escapeHtml(nationalId.slice(1))}`;
}

function card(person: EmulatedPerson, words: readonly string[] | undefined): string {
  const name = `${person.givenName} ${person.familyName}`;
  const details = describe(person).map((text) => `<span class="detail">${escapeHtml(text)}</span>`);
  return `<li><button type="submit" name="personne" value="${escapeHtml(person.key)}">
<span class="name">${escapeHtml(name)}</span>${details.join('')}
<span class="detail">${numberOf(person)} (fictif)</span></button>
${wordsOf(name, words)}</li>`;
}

const SCRIPT = `<script src="${COPY_SCRIPT_PATH}" defer></script>`;

/** One of the two sides of a change of name or register. */
const isChanged = ({ key, nationalId }: EmulatedPerson): boolean =>
  key !== nationalId || nationalId.startsWith('0');

/** Hospital people first: the main story begins with one of them. */
function groups(people: readonly EmulatedPerson[]): [string, EmulatedPerson[]][] {
  const atHospital = (p: EmulatedPerson): boolean => p.activities[0]?.sectorCode === 'SA01';
  const usual = people.filter((person) => !isChanged(person));
  return [
    ['À l’hôpital', usual.filter(atHospital)],
    ['En ville', usual.filter((person) => !atHospital(person))],
    ['Avant ou après un changement de nom ou de numéro', people.filter(isChanged)],
  ];
}

export function loginPage(
  action: string,
  people: readonly EmulatedPerson[],
  words: RecoveryWords,
): string {
  const lists = groups(people).filter(([, members]) => members.length > 0);
  const sections = lists.map(([title, members]) => {
    const cards = members.map((person) => card(person, words[person.key]));
    return `<h2>${title}</h2>\n<ul class="people">${cards.join('\n')}</ul>`;
  });
  const script = Object.keys(words).length > 0 ? SCRIPT : '';
  return page(
    'Émulateur Pro Santé Connect — identités fictives',
    `<p>Choisissez la personne qui se connecte.</p>
<form method="post" action="${escapeHtml(action)}">
${sections.join('\n')}
<button class="refuse" type="submit" name="refuser" value="1">Annuler la connexion</button>
</form>${script}`,
  );
}

export function welcomePage(discovery: string): string {
  return page(
    'Émulateur Pro Santé Connect — identités fictives',
    `<p>Ce service tient la place de Pro Santé Connect pour les essais et la démonstration. Ouvrez
l’application et demandez à vous connecter : vous arriverez ici pour choisir une personne.</p>
<p>Document de découverte :
<a href="${escapeHtml(discovery)}"><code>${escapeHtml(discovery)}</code></a></p>`,
  );
}
