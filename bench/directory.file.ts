/**
 * A made-up national extract (PS_LibreAcces_Personne_activite): 56 columns, as many rows as asked,
 * the same for the same seed, with the noise of real ones: duplicates, accents, rows cut short, a
 * byte that is no text. Nobody in it exists.
 */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/** Labels in the extract's own order. */
export const LABELS = [
  "Type d'identifiant PP",
  'Identifiant PP',
  'Identification nationale PP',
  "Code civilité d'exercice",
  "Libellé civilité d'exercice",
  'Code civilité',
  'Libellé civilité',
  "Nom d'exercice",
  "Prénom d'exercice",
  'Code profession',
  'Libellé profession',
  'Code catégorie professionnelle',
  'Libellé catégorie professionnelle',
  'Code type savoir-faire',
  'Libellé type savoir-faire',
  'Code savoir-faire',
  'Libellé savoir-faire',
  'Code mode exercice',
  'Libellé mode exercice',
  'Numéro SIRET site',
  'Numéro SIREN site',
  'Numéro FINESS site',
  'Numéro FINESS établissement juridique',
  'Identifiant technique de la structure',
  'Raison sociale site',
  'Enseigne commerciale site',
  'Complément destinataire (coord. structure)',
  'Complément point géographique (coord. structure)',
  'Numéro Voie (coord. structure)',
  'Indice répétition voie (coord. structure)',
  'Code type de voie (coord. structure)',
  'Libellé type de voie (coord. structure)',
  'Libellé Voie (coord. structure)',
  'Mention distribution (coord. structure)',
  'Bureau cedex (coord. structure)',
  'Code postal (coord. structure)',
  'Code commune (coord. structure)',
  'Libellé commune (coord. structure)',
  'Code pays (coord. structure)',
  'Libellé pays (coord. structure)',
  'Téléphone (coord. structure)',
  'Téléphone 2 (coord. structure)',
  'Télécopie (coord. structure)',
  'Adresse e-mail (coord. structure)',
  'Code Département (structure)',
  'Libellé Département (structure)',
  'Ancien identifiant de la structure',
  "Autorité d'enregistrement",
  "Code secteur d'activité",
  "Libellé secteur d'activité",
  'Code section tableau pharmaciens',
  'Libellé section tableau pharmaciens',
  'Code rôle',
  'Libellé rôle',
  'Code genre activité',
  'Libellé genre activité',
] as const;

const STARTS = [
  'Bel',
  'Mar',
  'Du',
  'Le',
  'Ro',
  'Pé',
  'Gi',
  'Fou',
  'Cha',
  'Va',
  'Bré',
  'Ker',
  'Mon',
  'La',
];
const MIDDLES = [
  'ti',
  'rou',
  'né',
  'lle',
  'vi',
  'gna',
  'ro',
  'mi',
  'cha',
  'pa',
  'lo',
  'que',
  'ssa',
  'do',
];
const ENDS = [
  'er',
  'ard',
  'and',
  'eau',
  'in',
  'et',
  'ot',
  'ez',
  'val',
  'mont',
  'ec',
  'aud',
  'ier',
  'on',
];
const GIVEN = [
  'Hélène',
  'Marie',
  'Nadia',
  'Olivier',
  'Jean',
  'Chloé',
  'Loïc',
  'Anaïs',
  'Paul',
  'Inès',
];
const PLACES = [
  'Cabinet',
  'Pharmacie',
  'Maison de santé',
  'Centre hospitalier',
  'Clinique',
  'Laboratoire',
];
const TOWNS = 35_000;
const PROFESSIONS = [
  ['10', 'Médecin', 'SM54', 'Médecine générale'],
  ['10', 'Médecin', 'SM04', 'Cardiologie et maladies vasculaires'],
  ['60', 'Infirmier', '', ''],
  ['60', 'Infirmier', '', ''],
  ['60', 'Infirmier', '', ''],
  ['70', 'Masseur-Kinésithérapeute', '', ''],
  ['21', 'Pharmacien', '', ''],
  ['50', 'Sage-Femme', '', ''],
  ['91', 'Orthophoniste', '', ''],
  ['94', 'Ergothérapeute', '', ''],
] as const;

/** A short generator with a seed: what is made must only look like names. */
function chance(seed: number): (end: number) => number {
  let state = seed >>> 0;
  return (end) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  };
}
type Below = ReturnType<typeof chance>;

const of = (list: readonly string[], at: number): string => list[at % list.length] ?? '';

/** Some 530,000 names, of three or four syllables. */
function nameAt(at: number): string {
  const syllables = [at, at / 14, at / 196, at / 2744].map(Math.floor);
  const [first = 0, second = 0, third = 0, last = 0] = syllables;
  const middle = last % 15 === 0 ? '' : of(MIDDLES, last);
  return `${of(STARTS, first)}${of(MIDDLES, second)}${middle}${of(ENDS, third)}`;
}

const townAt = (at: number): string =>
  `${nameAt(at * 7)}-${of(['sur-Mer', 'les-Bains', 'le-Vieux', 'Ville'], at)}`;

/** A few names are common and most are rare, as names are. */
const surnameOf = (number: number): number =>
  number % 3 === 0 ? (number * 7919) % 500 : (number * 7919) % 300_000;

function rowOf(at: number, below: Below): string {
  const cells = new Map<string, string>();
  const set = (label: (typeof LABELS)[number], value: string): void => void cells.set(label, value);
  const number = Math.floor(at / 1.4);
  const person = 10_000_000_000 + number;
  const [code, profession, skill, skillName] =
    PROFESSIONS[below(PROFESSIONS.length)] ?? PROFESSIONS[0];
  const town = below(TOWNS);
  const finess = String(100_000_000 + below(800_000));
  set("Type d'identifiant PP", '8');
  set('Identifiant PP', String(person));
  set('Identification nationale PP', `8${String(person)}`);
  set('Code civilité', 'MME');
  set('Libellé civilité', 'Madame');
  set("Nom d'exercice", nameAt(surnameOf(number)).toUpperCase());
  set(
    "Prénom d'exercice",
    `${of(GIVEN, number)}${number % 4 === 0 ? `-${of(GIVEN, number >> 3)}` : ''}`,
  );
  set('Code profession', code);
  set('Libellé profession', profession);
  set('Code savoir-faire', skill);
  set('Libellé savoir-faire', skillName);
  set('Code catégorie professionnelle', 'C');
  set('Libellé catégorie professionnelle', 'Civil');
  set('Code mode exercice', of(['L', 'S'], below(2)));
  set('Libellé mode exercice', 'Libéral');
  set('Numéro FINESS site', finess);
  set('Identifiant technique de la structure', `F${finess}`);
  set('Raison sociale site', `${of(PLACES, below(6))} ${nameAt(below(20_000))}`);
  set('Numéro Voie (coord. structure)', String(below(200)));
  set('Libellé type de voie (coord. structure)', 'Rue');
  set('Libellé Voie (coord. structure)', `DES ${nameAt(below(9000)).toUpperCase()}`);
  set('Code postal (coord. structure)', String(1000 + (town % 95) * 1000).padStart(5, '0'));
  set('Libellé commune (coord. structure)', townAt(town).toUpperCase());
  set('Libellé pays (coord. structure)', 'France');
  set('Téléphone (coord. structure)', `0${String(100_000_000 + below(800_000_000))}`);
  set('Adresse e-mail (coord. structure)', 'contact@structure.example');
  set("Autorité d'enregistrement", 'CNOM/CNOM/CNOM');
  set("Libellé secteur d'activité", 'Cabinet individuel');
  return `${LABELS.map((label) => cells.get(label) ?? '').join('|')}|`;
}

/** One row in a thousand is told twice, one in ten thousand is cut short, one has a broken byte. */
function noisy(row: string, below: Below): string {
  const draw = below(10_000);
  if (draw < 10) return `${row}\n${row}`;
  if (draw === 10) return row.slice(0, 40);
  if (draw === 11) return row.replace('|8', '|x8');
  return row;
}

const BATCH = 5000;

export interface MadeFile {
  readonly rows: number;
  readonly seed: number;
  /** Without it, every row is whole: what a bare COPY can read. */
  readonly isNoisy: boolean;
}

export async function writeNationalFile(path: string, made: MadeFile): Promise<void> {
  const { rows, seed, isNoisy } = made;
  const below = chance(seed);
  const file = createWriteStream(path);
  file.write(`\uFEFF${LABELS.join('|')}|\n`);
  for (let at = 0; at < rows; ) {
    const batch: string[] = [];
    for (const end = Math.min(at + BATCH, rows); at < end; at += 1) {
      const row = rowOf(at, below);
      batch.push(isNoisy ? noisy(row, below) : row);
    }
    if (!file.write(`${batch.join('\n')}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}
