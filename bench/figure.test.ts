/**
 * The form of a figure: ratios against floors, aims in both directions, percentiles and the table.
 */
import { describe, expect, test } from '@jest/globals';
import { compared, Figure, median, percentile, plain, table } from './figure.js';

describe('percentile', () => {
  test.each([
    [[1, 2, 3, 4], 50, 2],
    [[4, 1, 3, 2], 99, 4],
    [[7], 1, 7],
    [Array.from({ length: 100 }, (_, i) => 100 - i), 99, 99],
    [[5, 1, 3], 0, 1],
  ])('of %j at %d', (values, p, wanted) => {
    expect(percentile(values, p)).toBe(wanted);
  });

  test('of nothing is no number', () => {
    expect(percentile([], 50)).toBeNaN();
  });

  test('leaves its values in their order, and the median is the middle one', () => {
    const values = [9, 1, 5];
    expect(median(values)).toBe(5);
    expect(values).toEqual([9, 1, 5]);
  });
});

describe('a figure', () => {
  test.each([
    [120, 100, { atLeast: 1 }, 1.2, '>= 1', true],
    [79, 100, { atLeast: 0.8 }, 0.79, '>= 0.8', false],
    [150, 100, { atMost: 1.5 }, 1.5, '<= 1.5', true],
    [151, 100, { atMost: 1.5 }, 1.51, '<= 1.5', false],
  ])('%d beside %d with %j', (value, floor, aim, ratio, text, holds) => {
    const figure = compared('x', 'ms', value, floor, aim);
    expect(figure).toEqual({ name: 'x', unit: 'ms', value, floor, ratio, aim: text, holds });
    expect(Figure.parse(figure)).toEqual(figure);
  });

  test('without an aim neither holds nor fails, and alone it has no floor', () => {
    expect(compared('x', 'ms', 1, 2)).toMatchObject({ ratio: 0.5, aim: null, holds: null });
    expect(plain('x', 'ms', 1)).toMatchObject({ floor: null, ratio: null, holds: null });
  });

  test('is rounded to four digits', () => {
    expect(compared('x', 'ms', 1234.567, 3).value).toBe(1235);
  });
});

test('the table keeps its columns under their names', () => {
  const text = table([plain('a', 'ms', 1), compared('longer', 'ms', 2, 4, { atLeast: 1 })]);
  const [head = '', first = '', second = ''] = text.split('\n');
  expect(first.indexOf('ms')).toBe(head.indexOf('unit'));
  expect(second.indexOf('0.5')).toBe(head.indexOf('ratio'));
  expect(second.endsWith('false')).toBe(true);
});
