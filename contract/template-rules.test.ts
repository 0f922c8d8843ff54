/** The life of templates, step by step and by every order of steps up to a length. */
import { expect, test } from '@jest/globals';
import type { Uuid } from './ids.js';
import { LIMITS } from './limits.js';
import { type TemplateKind, type TemplateState, stepTemplate } from './template-rules.js';

const idOf = (n: number): Uuid => `018f3b7c-8a9e-4c1d-9b2a-${String(n).padStart(12, '0')}` as Uuid;

type Told = readonly [kind: TemplateKind, template: Uuid];

function fold(told: readonly Told[]): Map<Uuid, TemplateState> {
  const templates = new Map<Uuid, TemplateState>();
  for (const [kind, template] of told) {
    const state = stepTemplate(templates, { kind, facts: { template } });
    if (state !== null) templates.set(template, state);
  }
  return templates;
}

test('each saving is a version, and a retired one comes back by being saved', () => {
  const [one] = [idOf(1)];
  const told: Told[] = [
    ['template.saved', one],
    ['template.saved', one],
    ['template.retired', one],
  ];
  expect(fold(told).get(one)).toEqual({ template: one, phase: 'retired', version: 2 });
  expect(fold([...told, ['template.saved', one]]).get(one)?.version).toBe(3);
});

test('in every order of six steps a version never falls and nothing retires twice', () => {
  const kinds: readonly TemplateKind[] = ['template.saved', 'template.retired'];
  const one = idOf(1);
  let orders = 0;
  for (let bits = 0; bits < 2 ** 6; bits += 1) {
    const templates = new Map<Uuid, TemplateState>();
    let saved = 0;
    for (let step = 0; step < 6; step += 1) {
      const kind = kinds[(bits >> step) & 1] ?? 'template.saved';
      const before = templates.get(one);
      const state = stepTemplate(templates, { kind, facts: { template: one } });
      if (kind === 'template.saved') saved += 1;
      expect(state === null).toBe(kind === 'template.retired' && before?.phase !== 'live');
      if (state !== null) templates.set(one, state);
      expect(templates.get(one)?.version ?? 0).toBe(saved);
    }
    orders += 1;
  }
  expect(orders).toBe(64);
});

test('a team has room for so many, and for one more once one is retired', () => {
  const most = LIMITS.templatesPerTeam.value;
  const full = Array.from({ length: most }, (_, n): Told => ['template.saved', idOf(n)]);
  const next: Told = ['template.saved', idOf(most)];
  expect(fold([...full, next]).has(idOf(most))).toBe(false);
  expect(fold([...full, ['template.saved', idOf(0)]]).get(idOf(0))?.version).toBe(2);
  expect(fold([...full, ['template.retired', idOf(0)], next]).has(idOf(most))).toBe(true);
});

test('facts of another form change nothing', () => {
  const facts = { template: 'Mme Durand' };
  expect(stepTemplate(new Map(), { kind: 'template.saved', facts })).toBeNull();
  expect(stepTemplate(new Map(), { kind: 'message.posted', facts: {} })).toBeNull();
});
