/** The tables of a life's server: what PostgreSQL holds for circles, identities and communities. */
import type { CircleId, DeviceId, Hash, MemberId, PersonId } from '@liaison/contract/ids';
import { Journal, Table } from './table.js';

export interface HeadRow {
  readonly circle: CircleId;
  readonly k: number;
  readonly h: Hash;
  readonly membersK: number;
  readonly membersH: Hash;
  readonly epoch: number;
  readonly ordinal: number;
}

export interface ItemRow {
  readonly circle: CircleId;
  readonly k: number;
  readonly entry: string;
  readonly kind: string;
  readonly statement: boolean;
  readonly hash: Hash;
  readonly h: Hash;
  readonly ordinal: number;
  readonly at: number;
  readonly header: string;
  readonly signature: string;
  readonly body: Buffer | null;
  /** Order in which the server took it, over all circles and logs. */
  readonly order: number;
}

export interface CircleRow {
  readonly circle: CircleId;
  readonly kind: string;
  readonly community: CircleId | null;
  readonly linked: CircleId | null;
  readonly creator: PersonId;
  readonly createdAt: number;
}

export interface MemberRow {
  readonly circle: CircleId;
  readonly member: MemberId;
  readonly role: string;
  readonly until: number | null;
  readonly present: boolean;
}

/** One way by which somebody reads a circle. */
export interface EffectiveRow {
  readonly circle: CircleId;
  readonly person: PersonId;
  readonly via: MemberId;
  readonly until: number | null;
}

/** How far entries went in a team's log, or in their author's own. */
export interface FloorRow {
  readonly circle: CircleId;
  readonly team: CircleId | null;
  readonly person: PersonId | null;
  readonly floor: number;
}

export interface CopyRow {
  readonly circle: CircleId;
  readonly k: number;
  readonly member: MemberId;
  readonly epoch: number;
  readonly index: number;
  readonly leaf: Hash;
  readonly copy: Buffer;
}

export interface LaneRow {
  readonly circle: CircleId;
  readonly person: PersonId;
  readonly lane: string;
  readonly k: number;
  readonly ordinal: number;
  readonly text: string;
  readonly signature: string;
}

export interface LogRow {
  readonly person: PersonId;
  readonly account: string;
  readonly n: number;
  readonly h: Hash;
}

export interface StatementRow {
  readonly person: PersonId;
  readonly n: number;
  readonly h: Hash;
  readonly text: string;
  readonly signature: string;
  readonly possession: string | null;
  readonly attestation: unknown;
  readonly at: number;
  readonly order: number;
}

export interface KeyCopyRow {
  readonly generation: number;
  readonly recipient: string;
  readonly copy: Buffer;
}

export interface LinkRow {
  readonly code: string;
  readonly account: string | null;
  readonly ask: object;
  readonly answer: object | null;
  readonly reveal: object | null;
  readonly grant: object | null;
  readonly ended: string | null;
  readonly askedAt: number;
  readonly until: number;
}

export interface CardRow {
  readonly circle: CircleId;
  readonly name: string;
  readonly finess: string | null;
  readonly category: string | null;
  readonly town: string;
}

export interface EndorsedRow {
  readonly community: CircleId;
  readonly team: CircleId;
  readonly category: string;
  readonly finess: string | null;
  readonly k: number;
}

export class Tables {
  #order = 0;
  readonly journal = new Journal();
  readonly heads = new Table<HeadRow>(this.journal);
  readonly items = new Table<ItemRow>(this.journal);
  readonly counters = new Table<{ device: DeviceId; inc: number; n: number }>(this.journal);
  readonly circles = new Table<CircleRow>(this.journal);
  readonly members = new Table<MemberRow>(this.journal);
  readonly effective = new Table<EffectiveRow>(this.journal);
  readonly floors = new Table<FloorRow>(this.journal);
  readonly copies = new Table<CopyRow>(this.journal);
  readonly lanes = new Table<LaneRow>(this.journal);
  readonly logs = new Table<LogRow>(this.journal);
  readonly statements = new Table<StatementRow>(this.journal);
  readonly keyCopies = new Table<KeyCopyRow>(this.journal);
  readonly cards = new Table<CardRow>(this.journal);
  readonly endorsed = new Table<EndorsedRow>(this.journal);
  readonly links = new Table<LinkRow>(this.journal);
  readonly trees = new Table<{ size: number; edge: readonly Buffer[] }>(this.journal);
  readonly nodes = new Table<{ level: number; at: number; hash: Buffer }>(this.journal);
  readonly leaves = new Table<{ person: PersonId; n: number; h: Hash }>(this.journal);

  /** Begins with the rows that others hold. */
  load(others: Tables): void {
    this.#order = others.#order;
    const known = new Map<string, unknown>(Object.entries(others));
    for (const [name, table] of Object.entries(this) as [string, unknown][]) {
      const other = known.get(name);
      if (table instanceof Table && other instanceof Table) table.load(other);
    }
  }

  /** The next number in the order of everything that is taken. */
  next(): number {
    return this.#order++;
  }
}

/** A number as a key that sorts as it does. */
export const place = (k: number): string => String(k).padStart(9, '0');

/** Rows of several columns, as `unnest` makes them. */
export function unnested<Row>(columns: readonly unknown[]): Row[] {
  const lists = columns as readonly (readonly unknown[])[];
  return (lists[0] ?? []).map((_, i) => lists.map((list) => list[i]) as Row);
}
