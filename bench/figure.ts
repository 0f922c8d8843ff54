/**
 * The form that every benchmark keeps: a figure beside a floor or a peer measured in the same run,
 * their ratio, the aim for that ratio, and whether it holds.
 */
import { z } from 'zod';

export const Figure = z.strictObject({
  name: z.string(),
  unit: z.string(),
  value: z.number(),
  /**
   * What the same machine does without us, in the same unit; null where there is nothing to
   * compare.
   */
  floor: z.number().nullable(),
  /** value ÷ floor. */
  ratio: z.number().nullable(),
  /** Such as `>= 1` or `<= 1.5`; null for a figure that is only printed. */
  aim: z.string().nullable(),
  holds: z.boolean().nullable(),
});
export type Figure = z.infer<typeof Figure>;

type Aim = { readonly atLeast: number } | { readonly atMost: number };

const round = (value: number): number => Number(value.toPrecision(4));

/** A figure with its ratio to a floor and, where there is one, the aim for that ratio. */
export function compared(
  name: string,
  unit: string,
  value: number,
  floor: number,
  aim?: Aim,
): Figure {
  const ratio = value / floor;
  const text = aim && ('atLeast' in aim ? `>= ${aim.atLeast}` : `<= ${aim.atMost}`);
  const holds = aim && ('atLeast' in aim ? ratio >= aim.atLeast : ratio <= aim.atMost);
  return {
    name,
    unit,
    value: round(value),
    floor: round(floor),
    ratio: round(ratio),
    aim: text ?? null,
    holds: holds ?? null,
  };
}

/** A figure that stands for itself, and has a bound. */
export function bounded(name: string, unit: string, value: number, atMost: number): Figure {
  const aim = `value <= ${String(atMost)}`;
  return { ...plain(name, unit, value), aim, holds: value <= atMost };
}

/** A figure that stands for itself. */
export function plain(name: string, unit: string, value: number): Figure {
  return { name, unit, value: round(value), floor: null, ratio: null, aim: null, holds: null };
}

/** The p-th percentile (0–100) of unsorted values, nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** The middle of several rounds, so that one noisy moment of the machine decides nothing. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

const COLUMNS = ['name', 'value', 'unit', 'floor', 'ratio', 'aim', 'holds'] as const;

/** The figures as a table for people. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => COLUMNS.map((column) => String(figure[column] ?? '')));
  const all = [[...COLUMNS], ...rows];
  const widths = COLUMNS.map((_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
