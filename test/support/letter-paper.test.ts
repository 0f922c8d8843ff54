/**
 * The letter's PDF, made of a whole letter and read back from its bytes: the six rubrics, the plan,
 * each medicine with why, the patient on every page, and a typeface that travels with it.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HandoffView } from '@liaison/sdk/face';
import { stent } from '../../tools/cast/stent.discharge.js';
import { readPdf } from './pdf.reading.js';
import { FRENCH } from '../../web/words/french.js';
import { letterPdf } from '../../web/paper/letter.paper.js';
import { wrapped } from '../../web/paper/page.layout.js';
import type { Typefaces } from '../../web/paper/pdf.writer.js';
import { readTypeface, shown } from '../../web/paper/typeface.js';

const NOW = Date.UTC(2026, 10, 27, 15, 40);
const fonts = join(process.cwd(), 'web/paper/fonts');
const face = (name: string) => readTypeface(new Uint8Array(readFileSync(join(fonts, name))));
const faces: Typefaces = { regular: face('dejavu-sans.ttf'), bold: face('dejavu-sans-bold.ttf') };

const { letter: written } = stent(NOW);
const letter = {
  ...written,
  patient: {
    ...written.patient,
    givenNames: 'Françoise Zoë',
    ins: { number: '279035121518989', oid: '1.2.250.1.213.1.4.8' as const },
  },
  synthesis: Array.from({ length: 40 }, () => written.synthesis).join('\n'),
  pendingResults: '',
};
const open = <T>(value: T) => ({ state: 'open', value }) as const;
const owner = { member: 't.x', type: 'team', name: 'Cabinet Kaya', category: 'nursing', town: '' };
const view = {
  sender: { name: 'Cardiologie' },
  sentBy: { name: 'Claire Morel' },
  sentAt: NOW,
  outline: open({ phone: '03 23 24 33 33' }),
  missing: ['pending-results'],
  incompleteReason: 'awaiting-result',
  tasks: [
    { title: open('Pansement radial'), detail: 'Tous les 2 jours, ≥ 3 fois', owner, due: NOW },
  ],
} as unknown as HandoffView;

describe('the letter as a PDF', () => {
  let pages: readonly string[] = [];
  let bytes = new Uint8Array();
  let embedded: readonly Buffer[] = [];

  beforeAll(async () => {
    bytes = await letterPdf({ view, letter, to: 'Dr Şenol Łukasz', now: NOW }, faces);
    ({ pages, faces: embedded } = readPdf(bytes));
  });

  test('is a PDF that says what the letter says, accents and signs included', () => {
    expect(Buffer.from(bytes).toString('latin1', 0, 9)).toBe('%PDF-1.7\n');
    const said = pages.join('\n');
    const rubrics = Object.values(FRENCH.paper.rubrics);
    expect(rubrics.filter((title) => !said.includes(title))).toEqual([]);
    const words = ['À l’attention de Dr Şenol Łukasz', 'GRANDIN', 'Françoise Zoë', 'Ticagrélor'];
    const plan = ['Pansement radial', '≥ 3 fois', '279035121518989', '1.2.250.1.213.1.4.8'];
    expect([...words, ...plan].filter((word) => !said.includes(word))).toEqual([]);
    expect(said).toContain('Non renseigné (Un résultat manque encore)');
  });

  test('names the patient at the foot of each page', () => {
    expect(pages.length).toBeGreaterThan(2);
    const feet = pages.map((page, index) => {
      return page.includes(`INS : 279035121518989 · page ${index + 1} sur ${pages.length}`);
    });
    expect(feet).not.toContain(false);
  });

  test('carries its typefaces, and stays small enough for any mailbox', () => {
    const glyphs = embedded.map((one) => readTypeface(new Uint8Array(one)).glyphs.size);
    expect(glyphs).toEqual([faces.regular.glyphs.size, faces.bold.glyphs.size]);
    expect(bytes.length).toBeLessThan(120_000);
  });
});

describe('what paper shows', () => {
  test('a letter that the typeface lacks stands without its mark', () => {
    const chars = shown(faces.regular, 'Ǩ漢').map(({ char }) => char);
    expect(chars).toEqual(['K', '?']);
  });

  test('a word longer than the line is broken, and no line is too long', () => {
    const measure = (text: string): number => text.length;
    const lines = wrapped('une anticonstitutionnellement\r\ndite\tlà', 10, measure);
    expect(lines).toEqual(['une', 'anticonsti', 'tutionnell', 'ement', 'dite là']);
  });
});
