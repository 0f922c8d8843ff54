/**
 * Sets words on pages from top to bottom: headings, paragraphs, pairs of label and value, tables.
 * Lines break where words end, pages where lines do; a heading never stands alone at a page's foot.
 */
import type { Mark, Typefaces, Weight } from './pdf.writer.js';
import { widthOf } from './typeface.js';

/** A4, in points; the margin is what every printer and fax machine leaves whole. */
export const PAGE = { width: 595.28, height: 841.89 } as const;
const MARGIN = 48;
const FOOT = 40;
const WIDTH = PAGE.width - 2 * MARGIN;
const LEADING = 1.38;
const BODY = 9.5;
const SMALL = 8;
const LABEL_WIDTH = 130;
const GAP = 10;

interface Style {
  readonly size: number;
  readonly weight: Weight;
}

const REGULAR: Style = { size: BODY, weight: 'regular' };
const BOLD: Style = { size: BODY, weight: 'bold' };
const SUBTLE: Style = { size: SMALL, weight: 'regular' };

export interface Column {
  readonly title: string;
  /** Its part of the width; all of them together make one. */
  readonly part: number;
}

/** Words that fit beside each other; one that is longer than the line is broken where it must. */
export function wrapped(text: string, width: number, measure: (text: string) => number): string[] {
  const typed = text.replaceAll(/\r\n?/g, '\n').replaceAll('\t', ' ');
  return typed.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let current = '';
    for (const word of line.split(' ').flatMap((one) => pieces(one, width, measure))) {
      const longer = current === '' ? word : `${current} ${word}`;
      if (current !== '' && measure(longer) > width) {
        lines.push(current);
        current = word;
      } else current = longer;
    }
    return [...lines, current];
  });
}

function pieces(word: string, width: number, measure: (text: string) => number): string[] {
  if (measure(word) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const char of word) {
    if (part !== '' && measure(part + char) > width) {
      parts.push(part);
      part = char;
    } else part += char;
  }
  return [...parts, part];
}

export class Layout {
  readonly #pages: Mark[][] = [[]];
  #y = PAGE.height - MARGIN;

  constructor(private readonly faces: Typefaces) {}

  title(text: string): void {
    this.#lines(text, { size: 16, weight: 'bold' });
    this.space(4);
  }

  heading(text: string): void {
    this.#keep(5 * BODY * LEADING);
    this.space(8);
    this.#lines(text, { size: 11.5, weight: 'bold' });
    this.rule();
  }

  /** Nothing where there are no words. */
  text(text: string): void {
    if (text.trim() !== '') this.#lines(text, REGULAR);
  }

  strong(text: string): void {
    this.#lines(text, BOLD);
  }

  small(text: string): void {
    this.#lines(text, SUBTLE);
  }

  rule(): void {
    this.space(2);
    this.#mark({ type: 'rule', x: MARGIN, y: this.#y, width: WIDTH });
    this.space(3);
  }

  space(points: number): void {
    this.#y -= points;
  }

  pair(label: string, value: string): void {
    const width = WIDTH - LABEL_WIDTH - GAP;
    this.#row([
      { lines: this.#wrap(label, LABEL_WIDTH, REGULAR), x: MARGIN, style: REGULAR },
      { lines: this.#wrap(value, width, BOLD), x: MARGIN + LABEL_WIDTH + GAP, style: BOLD },
    ]);
  }

  table(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
    this.#tableRow(
      columns,
      columns.map(({ title }) => title),
      () => BOLD,
    );
    this.rule();
    for (const row of rows) {
      this.#tableRow(columns, row, (index) => (index === 0 ? BOLD : REGULAR));
      this.space(2);
    }
  }

  /** All pages, each with the same foot: what a loose sheet of a fax belongs to. */
  pages(foot: (page: number, of: number) => string): Mark[][] {
    return this.#pages.map((page, index) => {
      const text = foot(index + 1, this.#pages.length);
      return [...page, { type: 'text', text, x: MARGIN, y: FOOT - SMALL, ...SUBTLE }];
    });
  }

  #tableRow(
    columns: readonly Column[],
    cells: readonly string[],
    styleOf: (index: number) => Style,
  ): void {
    let x = MARGIN;
    const parts = columns.map(({ part }, index) => {
      const style = styleOf(index);
      const lines = this.#wrap(cells[index] ?? '', part * WIDTH - GAP, style);
      const cell = { lines, x, style };
      x += part * WIDTH;
      return cell;
    });
    this.#row(parts);
  }

  /** Cells side by side; a row that does not fit below begins the next page. */
  #row(cells: readonly { lines: readonly string[]; x: number; style: Style }[]): void {
    const height = Math.max(...cells.map(({ lines, style }) => lines.length * leading(style)));
    this.#keep(Math.min(height, PAGE.height / 2));
    const count = Math.max(...cells.map(({ lines }) => lines.length));
    for (let line = 0; line < count; line += 1) {
      this.#keep(leading(REGULAR));
      this.#y -= leading(REGULAR);
      for (const { lines, x, style } of cells) this.#say(lines[line] ?? '', x, style);
    }
  }

  #lines(text: string, style: Style): void {
    for (const line of this.#wrap(text, WIDTH, style)) {
      this.#keep(leading(style));
      this.#y -= leading(style);
      this.#say(line, MARGIN, style);
    }
  }

  #say(text: string, x: number, style: Style): void {
    if (text !== '') this.#mark({ type: 'text', text, x, y: this.#y + style.size * 0.3, ...style });
  }

  #wrap(text: string, width: number, { weight, size }: Style): string[] {
    return wrapped(text, width, (part) => widthOf(this.faces[weight], part, size));
  }

  #keep(height: number): void {
    if (this.#y - height >= FOOT + SMALL) return;
    this.#pages.push([]);
    this.#y = PAGE.height - MARGIN;
  }

  #mark(mark: Mark): void {
    this.#pages.at(-1)?.push(mark);
  }
}

const leading = ({ size }: Style): number => size * LEADING;
