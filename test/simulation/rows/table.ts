/**
 * Rows in memory that a transaction can undo. A table is parted by its first column, since nearly
 * every statement asks for one circle or one person.
 */
type Undo = () => void;

export class Journal {
  #undo: Undo[] | null = null;

  begin(): void {
    this.#undo = [];
  }

  commit(): void {
    this.#undo = null;
  }

  rollback(): void {
    for (const undo of (this.#undo ?? []).reverse()) undo();
    this.#undo = null;
  }

  /** How much would be undone. */
  get size(): number {
    return this.#undo?.length ?? 0;
  }

  note(undo: Undo): void {
    this.#undo?.push(undo);
  }
}

export class Table<Row extends object> {
  readonly #parts = new Map<string, Map<string, Row>>();

  constructor(private readonly journal: Journal) {}

  /** Has the rows of another from now on: rows themselves never change. */
  load(other: Table<Row>): void {
    for (const [part, rows] of other.#parts) this.#parts.set(part, new Map(rows));
  }

  get(part: string, key: string): Row | undefined {
    return this.#parts.get(part)?.get(key);
  }

  of(part: string): Row[] {
    return [...(this.#parts.get(part)?.values() ?? [])];
  }

  size(part: string): number {
    return this.#parts.get(part)?.size ?? 0;
  }

  all(): Row[] {
    return [...this.#parts.values()].flatMap((rows) => [...rows.values()]);
  }

  put(part: string, key: string, row: Row): void {
    const rows = this.#parts.get(part) ?? new Map<string, Row>();
    this.#parts.set(part, rows);
    const before = rows.get(key);
    rows.set(key, row);
    this.journal.note(() => {
      if (before === undefined) rows.delete(key);
      else rows.set(key, before);
    });
  }

  delete(part: string, key: string): boolean {
    const rows = this.#parts.get(part);
    const before = rows?.get(key);
    if (rows === undefined || before === undefined) return false;
    rows.delete(key);
    this.journal.note(() => rows.set(key, before));
    return true;
  }
}
