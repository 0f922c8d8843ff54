/**
 * Carries what a new device or post and a signed-in device say to each other, each part once and in
 * its order. It decides nothing: who is let in shows in signed words, and both sides check by
 * themselves that theirs came through unchanged.
 */
import { fromBase64Url } from '@liaison/contract/bytes';
import { Problem } from '@liaison/contract/errors';
import type { Origin, Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type {
  LinkAnswer,
  LinkAsk,
  LinkCode,
  LinkGrant,
  LinkReveal,
  LinkView,
} from '@liaison/contract/link';
import { canBeSealedTo } from '@liaison/contract/sealing-key';
import { linkClaimed, linkCommitted } from '@liaison/contract/signing';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../identity/caller.js';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { Database, type Transaction } from '../platform/database/database.js';
import { hash } from '../platform/hash/blake.js';
import { isStrictKey, verifyStrict } from '../platform/signatures/ed25519.js';

const COLUMNS = `ask, answer, reveal, "grant", ended, asked_at AS "askedAt", until,
  account_id AS account`;
const SQL = {
  read: `SELECT ${COLUMNS} FROM links WHERE code = $1 AND until > $2`,
  sweep: 'DELETE FROM links WHERE until <= $1',
  open: 'SELECT count(*) AS open FROM links WHERE account_id = $1 AND ended IS NULL',
  ask: `INSERT INTO links (code, account_id, ask, asked_at, until) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (code) DO NOTHING`,
  answer: `UPDATE links SET answer = $2, account_id = $3
             WHERE code = $1 AND answer IS NULL AND ended IS NULL`,
  reveal: `UPDATE links SET reveal = $2 WHERE code = $1 AND answer IS NOT NULL
             AND reveal IS NULL AND ended IS NULL`,
  grant: `UPDATE links SET "grant" = $2, ended = 'granted' WHERE code = $1
            AND reveal IS NOT NULL AND ended IS NULL`,
  claim: `UPDATE links SET claimed_at = $2 WHERE code = $1 AND "grant" IS NOT NULL
            AND claimed_at IS NULL RETURNING account_id AS account`,
  end: 'UPDATE links SET ended = $2 WHERE code = $1 AND ended IS NULL',
} as const;

type Row = LinkView & { readonly account: Uuid | null };
type Ended = NonNullable<LinkView['ended']>;

@Injectable()
export class Links {
  private readonly origin: Origin;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    config: Config,
  ) {
    this.origin = config.publicOrigin as Origin;
  }

  async ask(caller: Caller | null, ask: LinkAsk): Promise<LinkView> {
    if (!isStrictKey(fromBase64Url(ask.signingKey))) throw new Problem('key_invalid', 'signing');
    if (!canBeSealedTo(ask.sealingKey)) throw new Problem('key_invalid', 'sealing');
    const now = this.clock.now();
    await this.database.query(SQL.sweep, [now]);
    const account = ask.wish === 'post' ? null : await this.mayAsk(caller);
    const until = now + LIMITS.linkMs.value;
    await this.database.query(SQL.ask, [ask.code, account, JSON.stringify(ask), now, until]);
    const link = await this.read(caller, ask.code);
    if (link.ask.commitment !== ask.commitment) throw new Problem('link_unknown', 'code taken');
    return link;
  }

  /** A device's link is seen by its own account only; a post's by whoever was shown the code. */
  async read(caller: Caller | null, code: LinkCode): Promise<LinkView> {
    const [row] = await this.database.query<Row>(SQL.read, [code, this.clock.now()]);
    if (row === undefined) throw new Problem('link_unknown');
    const { account, ...link } = row;
    const isOwn = caller !== null && !caller.locked && caller.accountId === account;
    if (link.ask.wish === 'device' && !isOwn) throw new Problem('link_unknown');
    return link;
  }

  /** The first answer stands: a second could be made to suit what was revealed. */
  async answer(caller: Caller, code: LinkCode, answer: LinkAnswer): Promise<LinkView> {
    await this.read(caller, code);
    await this.database.query(SQL.answer, [code, JSON.stringify(answer), caller.accountId]);
    const link = await this.read(caller, code);
    if (link.answer?.random !== answer.random) throw new Problem('link_unknown', 'answered');
    return link;
  }

  async reveal(caller: Caller | null, code: LinkCode, reveal: LinkReveal): Promise<LinkView> {
    const { ask } = await this.read(caller, code);
    if (hash(linkCommitted(this.origin, ask, reveal.random)) !== ask.commitment) {
      throw new Problem('link_mismatch', 'commitment');
    }
    await this.database.query(SQL.reveal, [code, JSON.stringify(reveal)]);
    return this.read(caller, code);
  }

  /** The grant was checked; it is taken from whoever gave the answer, and from nobody else. */
  async grant(caller: Caller, code: LinkCode, grant: LinkGrant): Promise<LinkView> {
    const [row] = await this.database.query<Row>(SQL.read, [code, this.clock.now()]);
    if (row?.account !== caller.accountId) throw new Problem('link_unknown');
    await this.database.query(SQL.grant, [code, JSON.stringify(grant)]);
    return this.read(caller, code);
  }

  /** The account that lent its word to the post, told once to the holder of the post's key. */
  async claim(on: Transaction, code: LinkCode, signature: string): Promise<Uuid> {
    const { ask } = await this.read(null, code);
    const said = linkClaimed(this.origin, ask);
    if (!verifyStrict(fromBase64Url(ask.signingKey), said, fromBase64Url(signature))) {
      throw new Problem('signature_invalid');
    }
    const [row] = await on.query<{ account: Uuid }>(SQL.claim, [code, this.clock.now()]);
    if (row === undefined) throw new Problem('link_unknown', 'claimed');
    return row.account;
  }

  async end(caller: Caller | null, code: LinkCode, ended: Ended): Promise<LinkView> {
    const { ask } = await this.read(caller, code);
    const isGiven = ended === 'granted' && ask.wish === 'post';
    if (!isGiven) await this.database.query(SQL.end, [code, ended]);
    return this.read(caller, code);
  }

  private async mayAsk(caller: Caller | null): Promise<Uuid> {
    if (caller === null) throw new Problem('not_signed_in');
    if (caller.locked) throw new Problem('session_locked');
    if (caller.person === null) throw new Problem('identity_needed');
    const [count] = await this.database.query<{ open: number }>(SQL.open, [caller.accountId]);
    if ((count?.open ?? 0) >= LIMITS.linksPerAccount.value) {
      throw new Problem('too_many_requests', 'linksPerAccount');
    }
    return caller.accountId;
  }
}
