/**
 * The server turned evil: it writes into its own database what its own code refuses, with chain
 * hashes that fit, so that every client and the honest code after it build on that.
 */
import type { CircleId } from '@liaison/contract/ids';
import type { Head } from '@liaison/contract/item';
import { itemHashed } from '@liaison/contract/signing';
import { hash } from '@liaison/sdk/crypto/hash';
import type { TestDatabase } from '../support/test-database.js';
import type { Forged } from './insider.js';

interface HeadRow {
  readonly k: string;
  readonly h: Head['h'];
  readonly ordinal: string;
}

export class EvilServer {
  constructor(private readonly fixture: TestDatabase) {}

  async head(circle: CircleId): Promise<Head> {
    const [row] = await this.fixture.database.query<HeadRow>(
      'SELECT k, h, ordinal FROM circle_heads WHERE circle_id = $1',
      [circle],
    );
    if (row === undefined) throw new Error('No such circle at the server.');
    return { k: Number(row.k), h: row.h };
  }

  /** Appends whatever it is given. The forged item must have been made for the head in force. */
  async append(circle: CircleId, { item, header, head }: Forged): Promise<void> {
    const before = await this.head(circle);
    if (before.k + 1 !== head.k) throw new Error('The forged item was made for another place.');
    const body = item.body === null ? null : Buffer.from(item.body, 'base64url');
    const itemHash = hash(itemHashed(item.text, item.signature));
    // Kept as an entry whatever it says: so the honest code goes on as if it had changed nothing.
    await this.fixture.database.query(
      `INSERT INTO items (circle_id, k, entry_id, kind, statement, item_hash, h, ordinal, taken_at,
                          header, signature, body)
       SELECT $1, $2, gen_random_uuid(), $3, false, $4, $5, ordinal, $6, $7, $8, $9
         FROM circle_heads WHERE circle_id = $1`,
      [circle, head.k, header.kind, itemHash, head.h, Date.now(), item.text, item.signature, body],
    );
    await this.fixture.database.query(
      'UPDATE circle_heads SET k = $2, h = $3 WHERE circle_id = $1',
      [circle, head.k, head.h],
    );
  }
}
