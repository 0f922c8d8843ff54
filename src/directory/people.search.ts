/**
 * Finds professionals by name, profession, speciality, structure or town: every word must be there,
 * begun, or nearly there. What is there as it was written comes first. People who were invited are
 * found among the accounts.
 */
import type { z } from 'zod';
import type { PractitionerHit } from '@liaison/contract/directory';
import { LIMITS } from '@liaison/contract/limits';
import { Injectable } from '@nestjs/common';
import { type Account } from '../identity/account.js';
import { Accounts } from '../identity/accounts.js';
import { Database, type Transaction } from '../platform/database/database.js';
import { searchable } from '../platform/text/searchable.js';
import { BEGUN, candidatesOf, type Meant } from './word.candidates.js';

type Hit = z.infer<typeof PractitionerHit>;
type PractitionerRow = Omit<Hit, 'person' | 'mailbox'> & {
  readonly id: string;
  readonly words: readonly string[];
};

const WORDS = 8;
/** Rows looked at before the best are chosen: a name and a town leave fewer. */
const LOOKED_AT = 400;
const LIKENESS = 0.4;

const ROWS = `SELECT p.activity_id AS id, p.name, p.profession, p.speciality, p.structure, p.town,
    p.phone, p.finess, p.national_id AS "nationalId", p.words
  FROM practitioners p WHERE `;

const MAILBOXES = `
  SELECT national_id AS "nationalId", min(address) AS address FROM mailboxes
  WHERE national_id = ANY ($1) AND kind = 'PER' GROUP BY national_id`;

/** The most words as they were written, then begun, then alike. */
function scoreOf(row: PractitionerRow, meant: readonly Meant[]): number {
  const best = (one: Meant): number => Math.max(0, ...row.words.map((word) => one.get(word) ?? 0));
  return meant.reduce((sum, one) => sum + best(one), 0);
}

@Injectable()
export class PeopleSearch {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
  ) {}

  async search(query: string): Promise<Hit[]> {
    const words = searchable(query)
      .split(' ')
      .filter((word) => word !== '')
      .slice(0, WORDS);
    if (words.length === 0) return [];
    const limit = LIMITS.searchResults.value;
    const rows = await this.database.transaction((transaction) => best(transaction, words, limit), {
      readOnly: true,
    });
    const listed = await this.completed(rows);
    const invited = await this.accounts.findEnrolled(words, LIKENESS, limit);
    const others = invited.filter(({ nationalId }) => !isListed(listed, nationalId)).map(hitOf);
    return [...listed, ...others].slice(0, limit);
  }

  /** Who is here already, and the mailbox by which the others are reached. */
  private async completed(rows: readonly PractitionerRow[]): Promise<Hit[]> {
    const ids = [...new Set(rows.flatMap(({ nationalId }) => nationalId ?? []))];
    const accounts = await this.accounts.ofNationalIds(ids);
    const people = new Map(accounts.map(({ nationalId, person }) => [nationalId, person]));
    const boxes = await this.database.query<{ nationalId: string; address: string }>(MAILBOXES, [
      ids,
    ]);
    const addresses = new Map<string | null, string>(
      boxes.map(({ nationalId, address }) => [nationalId, address]),
    );
    return rows.map((row) => ({
      name: row.name,
      profession: row.profession,
      speciality: row.speciality,
      structure: row.structure,
      town: row.town,
      phone: row.phone,
      mailbox: addresses.get(row.nationalId) ?? null,
      finess: row.finess,
      nationalId: row.nationalId,
      person: people.get(row.nationalId) ?? null,
    }));
  }
}

/** Rows of the register for words that are searchable, the best first. */
export function searchDirectory(
  database: Database,
  words: readonly string[],
): Promise<PractitionerRow[]> {
  const limit = LIMITS.searchResults.value;
  return database.transaction((transaction) => best(transaction, words, limit), {
    readOnly: true,
  });
}

/** As written first; only where that leaves room, also what is begun, then what looks alike. */
async function best(
  transaction: Transaction,
  words: readonly string[],
  limit: number,
): Promise<PractitionerRow[]> {
  const meant = await candidatesOf(transaction, words);
  const found = new Map<string, PractitionerRow>();
  // What a plan for many rows would read from end to end, an index answers at once.
  await transaction.query('SET LOCAL enable_seqscan = off');
  for (const least of [2, BEGUN, 0]) {
    const asked = meant.map((one) => [...one].filter(([, sure]) => sure >= least));
    if (asked.some((candidates) => candidates.length === 0)) continue;
    const conditions = asked.map((_, at) => `p.words && $${at + 1}::text[]`).join(' AND ');
    const rows = await transaction.query<PractitionerRow>(
      `${ROWS}${conditions} LIMIT ${LOOKED_AT}`,
      asked.map((candidates) => candidates.map(([word]) => word)),
    );
    for (const row of rows) found.set(row.id, row);
    if (found.size >= limit) break;
  }
  const scored = [...found.values()].map((row) => ({ row, score: scoreOf(row, meant) }));
  scored.sort(
    (a, b) =>
      b.score - a.score ||
      a.row.name.localeCompare(b.row.name, 'fr') ||
      (a.row.id < b.row.id ? -1 : 1),
  );
  return scored.slice(0, limit).map(({ row }) => row);
}

const isListed = (hits: readonly Hit[], id: string | null): boolean =>
  id !== null && hits.some(({ nationalId }) => nationalId === id);

function hitOf(account: Account): Hit {
  const [role] = account.roles;
  return {
    name: account.name,
    profession: role?.profession ?? 'other',
    speciality: '',
    structure: role?.structure ?? '',
    town: '',
    phone: '',
    mailbox: null,
    finess: role?.finess ?? null,
    nationalId: account.nationalId,
    person: account.person,
  };
}
