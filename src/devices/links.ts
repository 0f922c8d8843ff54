/**
 * Carries what a new device and a signed-in one of the same account say to each other, each part
 * once and in its order. It decides nothing: the device enters its person's log by a statement like
 * any other, and both devices check by themselves that their words came through unchanged.
 */
import { fromBase64Url } from '@liaison/contract/bytes';
import { Problem } from '@liaison/contract/errors';
import type { Origin, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { LinkAnswer, LinkAsk, LinkCode, LinkReveal, LinkView } from '@liaison/contract/link';
import { canBeSealedTo } from '@liaison/contract/sealing-key';
import { linkCommitted } from '@liaison/contract/signing';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { Database, type Queryable } from '../platform/database/database.js';
import { hash } from '../platform/hash/blake.js';
import { isStrictKey } from '../platform/signatures/ed25519.js';

const COLUMNS = 'ask, answer, reveal, ended, asked_at AS "askedAt", until';
const SQL = {
  read: `SELECT ${COLUMNS} FROM links WHERE code = $1 AND account_id = $2 AND until > $3`,
  sweep: 'DELETE FROM links WHERE until <= $1',
  open: 'SELECT count(*) AS open FROM links WHERE account_id = $1 AND ended IS NULL',
  ask: `INSERT INTO links (code, account_id, ask, asked_at, until) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (code) DO NOTHING`,
  answer: `UPDATE links SET answer = $2 WHERE code = $1 AND answer IS NULL AND ended IS NULL`,
  reveal: `UPDATE links SET reveal = $2 WHERE code = $1 AND answer IS NOT NULL
             AND reveal IS NULL AND ended IS NULL`,
  end: 'UPDATE links SET ended = $2 WHERE code = $1 AND ended IS NULL',
} as const;

@Injectable()
export class Links {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async ask(account: Uuid, ask: LinkAsk): Promise<LinkView> {
    if (!isStrictKey(fromBase64Url(ask.signingKey))) throw new Problem('key_invalid', 'signing');
    if (!canBeSealedTo(ask.sealingKey)) throw new Problem('key_invalid', 'sealing');
    const now = this.clock.now();
    await this.database.query(SQL.sweep, [now]);
    const [count] = await this.database.query<{ open: number }>(SQL.open, [account]);
    if ((count?.open ?? 0) >= LIMITS.linksPerAccount.value) {
      throw new Problem('too_many_requests', 'linksPerAccount');
    }
    const until = now + LIMITS.linkMs.value;
    await this.database.query(SQL.ask, [ask.code, account, JSON.stringify(ask), now, until]);
    const link = await this.read(account, ask.code);
    if (link.ask.commitment !== ask.commitment) throw new Problem('link_unknown', 'code taken');
    return link;
  }

  async read(account: Uuid, code: LinkCode, on: Queryable = this.database): Promise<LinkView> {
    const [link] = await on.query<LinkView>(SQL.read, [code, account, this.clock.now()]);
    if (link === undefined) throw new Problem('link_unknown');
    return link;
  }

  /** The first answer stands: a second could be made to suit what was revealed. */
  async answer(account: Uuid, code: LinkCode, answer: LinkAnswer): Promise<LinkView> {
    await this.read(account, code);
    await this.database.query(SQL.answer, [code, JSON.stringify(answer)]);
    const link = await this.read(account, code);
    if (link.answer?.random !== answer.random) throw new Problem('link_unknown', 'answered');
    return link;
  }

  async reveal(account: Uuid, code: LinkCode, reveal: LinkReveal): Promise<LinkView> {
    const { ask } = await this.read(account, code);
    const origin = this.config.publicOrigin as Origin;
    if (hash(linkCommitted(origin, ask, reveal.random)) !== ask.commitment) {
      throw new Problem('link_mismatch', 'commitment');
    }
    await this.database.query(SQL.reveal, [code, JSON.stringify(reveal)]);
    return this.read(account, code);
  }

  async end(
    account: Uuid,
    code: LinkCode,
    ended: NonNullable<LinkView['ended']>,
  ): Promise<LinkView> {
    await this.read(account, code);
    await this.database.query(SQL.end, [code, ended]);
    return this.read(account, code);
  }
}
