/** The chooser: one card a fictional person, one click to sign in. It works without any script. */
import { escapeHtml, page } from './page.parts.js';
import type { EmulatedPerson } from './person.claims.js';

function describe(person: EmulatedPerson): string[] {
  const professions = new Set(person.activities.map((a) => a.skillLabel || a.professionLabel));
  const places = new Set(person.activities.map((a) => a.tradeName || a.organisationName));
  return [[...professions].join(' et '), [...places].join(' · ')];
}

function card(person: EmulatedPerson): string {
  const name = `${person.givenName} ${person.familyName}`;
  const details = describe(person).map((text) => `<span class="detail">${escapeHtml(text)}</span>`);
  return `<li><button type="submit" name="personne" value="${escapeHtml(person.nationalId)}">
<span class="name">${escapeHtml(name)}</span>${details.join('')}
<span class="detail">RPPS ${escapeHtml(person.rpps)} (fictif)</span></button></li>`;
}

/** Hospital people first: the main story begins with one of them. */
function groups(people: readonly EmulatedPerson[]): [string, EmulatedPerson[]][] {
  const atHospital = (p: EmulatedPerson): boolean => p.activities[0]?.sectorCode === 'SA01';
  return [
    ['À l’hôpital', people.filter(atHospital)],
    ['En ville', people.filter((person) => !atHospital(person))],
  ];
}

export function loginPage(action: string, people: readonly EmulatedPerson[]): string {
  const lists = groups(people).filter(([, members]) => members.length > 0);
  const sections = lists.map(
    ([title, members]) =>
      `<h2>${title}</h2>\n<ul class="people">${members.map(card).join('\n')}</ul>`,
  );
  return page(
    'Émulateur Pro Santé Connect — identités fictives',
    `<p>Choisissez la personne qui se connecte.</p>
<form method="post" action="${escapeHtml(action)}">
${sections.join('\n')}
<button class="refuse" type="submit" name="refuser" value="1">Annuler la connexion</button>
</form>`,
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
