/** Who may erase whose words, in which circle: the table looked at whole. */
import { describe, expect, test } from '@jest/globals';
import type { CircleKind } from './circle.js';
import { type Eraser, erasureOf, judgeErasure, type Written } from './erasure-rules.js';
import { Hash, MemberId, PersonId } from './ids.js';
import type { Head, ItemHeader } from './item.js';
import { LIMITS } from './limits.js';

const id = (letter: string): string => `${letter.repeat(42)}A`;
const person = (letter: string): PersonId => PersonId.parse(id(letter));
const member = (kind: 'p' | 't', letter: string): MemberId =>
  MemberId.parse(`${kind}.${id(letter)}`);
const HERE: Head = { k: 3, h: Hash.parse(id('H')) };

/** Marie of team T wrote it. */
const WRITTEN: Written = { author: person('M'), actor: member('t', 'T') };

const header = (facts: object): ItemHeader =>
  ({ kind: 'bodies.erased', facts }) as unknown as ItemHeader;
const of = (...places: readonly Head[]): ItemHeader => header({ of: places, reason: 'other' });

function verdict(kind: CircleKind, by: Eraser, item = of(HERE), written: Written | null = WRITTEN) {
  const judged = judgeErasure(item, kind, by, () => written);
  return judged.ok ? 'ok' : judged.code;
}

const MARIE: Eraser = { ...WRITTEN, role: 'writer' };
const ALONE: Eraser = { author: person('M'), actor: member('p', 'M'), role: 'writer' };
const COLLEAGUE: Eraser = { author: person('P'), actor: member('t', 'T'), role: 'writer' };
const KEEPER: Eraser = { author: person('K'), actor: member('t', 'K'), role: 'admin' };
const OTHER: Eraser = { author: person('O'), actor: member('t', 'O'), role: 'writer' };

describe('an erasure', () => {
  test.each<[CircleKind, readonly string[]]>([
    ['file', ['ok', 'ok', 'ok', 'ok', 'item_not_allowed']],
    ['handoff', ['ok', 'ok', 'ok', 'ok', 'item_not_allowed']],
    ['community', ['ok', 'ok', 'ok', 'ok', 'item_not_allowed']],
    ['channel', ['ok', 'ok', 'ok', 'item_not_allowed', 'item_not_allowed']],
    ['team', Array.from({ length: 5 }, () => 'item_not_allowed')],
    ['sector', Array.from({ length: 5 }, () => 'item_not_allowed')],
    ['agenda', Array.from({ length: 5 }, () => 'item_not_allowed')],
  ])('in a %s is its author’s, their team’s or its keeper’s', (kind, expected) => {
    const all = [MARIE, ALONE, COLLEAGUE, KEEPER, OTHER];
    expect(all.map((by) => verdict(kind, by))).toEqual(expected);
  });

  test('of what two people wrote in person is nobody else’s, whatever team they are of', () => {
    const alone: Written = { author: person('M'), actor: member('p', 'M') };
    const same: Eraser = { author: person('P'), actor: member('p', 'M'), role: 'writer' };
    expect(verdict('file', same, of(HERE), alone)).toBe('item_not_allowed');
  });

  test('names what stands there, or erases nothing at all', () => {
    const seen = (place: Head): Written | null => (place.k === HERE.k ? WRITTEN : null);
    const judged = judgeErasure(of(HERE, { ...HERE, k: 9 }), 'file', MARIE, seen);
    expect(judged).toMatchObject({ ok: false, code: 'item_invalid' });
    expect(verdict('file', MARIE, of())).toBe('item_invalid');
    expect(verdict('file', MARIE, header({ of: [HERE], reason: 'I was bored' }))).toBe(
      'item_invalid',
    );
    const many = Array.from({ length: LIMITS.erasedPerEntry.value + 1 }, () => HERE);
    expect(verdict('file', MARIE, of(...many))).toBe('item_invalid');
  });

  test('is of its own kind only', () => {
    expect(erasureOf(of(HERE))).toEqual({ of: [HERE], reason: 'other' });
    expect(erasureOf({ ...of(HERE), kind: 'message.posted' })).toBeNull();
  });
});
