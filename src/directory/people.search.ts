/**
 * Finds professionals by name, structure or town. Every word must be there, or nearly: trigrams
 * forgive a letter too many or too few. People who were invited are found among the accounts.
 */
import type { z } from 'zod';
import type { PractitionerHit } from '@liaison/contract/directory';
import { LIMITS } from '@liaison/contract/limits';
import { Injectable } from '@nestjs/common';
import { type Account } from '../identity/account.js';
import { Accounts } from '../identity/accounts.js';
import { Database } from '../platform/database/database.js';
import { searchable } from '../platform/text/searchable.js';

type Hit = z.infer<typeof PractitionerHit>;
type PractitionerRow = Omit<Hit, 'person'> & Record<string, unknown>;

/** Low enough that « nguien » finds Nguyen; what resembles less stands further down the list. */
const LIKENESS = 0.4;
const WORDS = 8;

const SEARCH = `
  SELECT p.name, p.profession, p.structure, p.town, p.finess, p.national_id AS "nationalId"
  FROM practitioners p
  WHERE NOT EXISTS (
    SELECT FROM unnest($1::text[]) w WHERE NOT (p.search LIKE '%' || w || '%' OR w <% p.search))
    AND (p.search LIKE '%' || ($1::text[])[1] || '%' OR ($1::text[])[1] <% p.search)
  ORDER BY word_similarity($2, p.search) DESC, p.name, p.activity_id LIMIT $3`;

@Injectable()
export class PeopleSearch {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
  ) {}

  async search(query: string): Promise<Hit[]> {
    const text = searchable(query);
    const words = text
      .split(' ')
      .filter((word) => word !== '')
      .slice(0, WORDS);
    if (words.length === 0) return [];
    const limit = LIMITS.searchResults.value;
    const rows = await this.database.transaction(
      async (transaction) => {
        await transaction.query(`SET LOCAL pg_trgm.word_similarity_threshold = ${LIKENESS}`);
        return transaction.query<PractitionerRow>(SEARCH, [words, text, limit]);
      },
      { readOnly: true },
    );
    const listed = await this.withPeople(rows);
    const invited = await this.accounts.findEnrolled(words, LIKENESS, limit);
    const others = invited.filter(({ nationalId }) => !isListed(listed, nationalId)).map(hitOf);
    return [...listed, ...others].slice(0, limit);
  }

  private async withPeople(rows: readonly PractitionerRow[]): Promise<Hit[]> {
    const ids = rows.flatMap(({ nationalId }) => nationalId ?? []);
    const accounts = await this.accounts.ofNationalIds([...new Set(ids)]);
    const people = new Map(accounts.map(({ nationalId, person }) => [nationalId, person]));
    return rows.map((row) => ({ ...row, person: people.get(row.nationalId) ?? null }));
  }
}

const isListed = (hits: readonly Hit[], id: string | null): boolean =>
  id !== null && hits.some(({ nationalId }) => nationalId === id);

function hitOf(account: Account): Hit {
  const [role] = account.roles;
  return {
    name: account.name,
    profession: role?.profession ?? 'other',
    structure: role?.structure ?? '',
    town: '',
    finess: role?.finess ?? null,
    nationalId: account.nationalId,
    person: account.person,
  };
}
