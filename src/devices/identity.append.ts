/**
 * Appends to identity logs, all statements or none, inside the caller's transaction: so that a
 * revocation and the epochs that follow from it are one act. Nobody's log but the caller's own.
 */
import { Problem } from '@liaison/contract/errors';
import { type Origin, type PersonId, ZERO_HASH } from '@liaison/contract/ids';
import type { IdentityHead, PersonKeyCopy, WireStatement } from '@liaison/contract/identity';
import { attestationWanted, judgeIdentity } from '@liaison/contract/identity-rules';
import { isOwnersNews } from '@liaison/contract/identity-news';
import { LIMITS } from '@liaison/contract/limits';
import { personIdHashed } from '@liaison/contract/signing';
import { Injectable } from '@nestjs/common';
import { Outbox } from '../events/outbox.js';
import { SignInProofs } from '../identity/sign-in.proofs.js';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import type { Transaction } from '../platform/database/database.js';
import { hash } from '../platform/hash/blake.js';
import { IdentityTree } from '../transparency/identity.tree.js';
import { AttestationCheck } from './attestation.check.js';
import { mustBeTheSame } from './continuity.checks.js';
import { IdentityLogs } from './identity.logs.js';
import { projectIdentity } from './identity.projection.js';
import {
  deleteRecoveryCopies,
  insertKeyCopies,
  insertLog,
  insertStatement,
  lockHead,
  moveHead,
  type StatementRow,
} from './identity.rows.js';
import type { IdentityView } from './identity.view.js';
import { checkRecipients, checkRotation } from './key-copies.checks.js';
import type { LogOwner } from './log.owner.js';
import { checkSignatures, type ReadStatement, readStatement } from './statement.checks.js';

export interface Statements {
  readonly statements: readonly WireStatement[];
  readonly copies: readonly PersonKeyCopy[];
}

/** A log as it grows by one statement after another. */
interface Growing {
  readonly person: PersonId;
  readonly head: IdentityHead;
  readonly state: IdentityView['state'] | null;
  readonly hashes: IdentityView['hashes'];
}

const BEFORE_GENESIS: IdentityHead = { n: -1, h: ZERO_HASH };

@Injectable()
export class IdentityAppend {
  constructor(
    private readonly logs: IdentityLogs,
    private readonly attestations: AttestationCheck,
    private readonly proofs: SignInProofs,
    private readonly tree: IdentityTree,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Opens the owner's log. One for an account, ever: a second device is added by the first. */
  async open(on: Transaction, owner: LogOwner, sent: Statements): Promise<IdentityView> {
    const read = this.read(sent);
    const [genesis] = read;
    if (genesis === undefined) throw new Problem('identity_statement_invalid', 'no genesis');
    if (owner.person !== null) throw new Problem('identity_exists');
    const person = hash(personIdHashed(genesis.wire.text)) as string as PersonId;
    const before = { person, head: BEFORE_GENESIS, state: null, hashes: [] };
    const view = await this.grow(on, owner, before, read, sent.copies);
    if (view.state.generations.length === 0) {
      throw new Problem('identity_statement_invalid', 'a log opens with its first person key');
    }
    const row = { person, account: owner.accountId, n: view.head.n, h: view.head.h };
    if (!(await insertLog(on, row))) throw new Problem('identity_exists');
    await this.store(on, view, read, sent.copies);
    await this.proofs.bindPerson(on, owner, person);
    return view;
  }

  /** Continues the owner's own log. Sent again whole, it changes nothing. */
  async append(on: Transaction, owner: LogOwner, sent: Statements): Promise<IdentityView> {
    if (owner.person === null) throw new Problem('person_unknown');
    const row = await lockHead(on, owner.person);
    const view = row && (await this.logs.view(on, owner.person));
    if (!view) throw new Problem('person_unknown');
    const read = this.read(sent);
    if (read.every((one) => view.hashes[one.statement.n] === one.hash)) return view;
    const [first] = read;
    if (first?.statement.prev !== view.head.h) throw new Problem('identity_head_moved');
    const next = await this.grow(on, owner, view, read, sent.copies);
    this.mustRotate(view, next);
    await moveHead(on, owner.person, next.head);
    await this.store(on, next, read, sent.copies);
    await this.callOwner(on, owner.person, read);
    return next;
  }

  /** Their other devices read in the log itself what it was: nothing of it is said here. */
  private async callOwner(on: Transaction, person: PersonId, read: readonly ReadStatement[]) {
    if (!read.some(({ statement }) => isOwnersNews(statement.payload))) return;
    const reason = 'device-changed';
    await this.outbox.record(on, {
      type: 'attention.called',
      reason,
      circle: null,
      people: [person],
    });
  }

  private read(sent: Statements): ReadStatement[] {
    const origin = this.config.publicOrigin as Origin;
    return sent.statements.map((wire) => readStatement(wire, origin, this.clock.now()));
  }

  private async grow(
    on: Transaction,
    owner: LogOwner,
    from: Growing,
    read: readonly ReadStatement[],
    copies: readonly PersonKeyCopy[],
  ): Promise<IdentityView> {
    let log = from;
    for (const one of read) log = await this.growByOne(on, owner, log, one, copies);
    if (log.state === null) throw new Problem('identity_statement_invalid', 'nothing was said');
    checkRecipients(log.state, copies);
    return { ...log, state: log.state };
  }

  private async growByOne(
    on: Transaction,
    owner: LogOwner,
    log: Growing,
    one: ReadStatement,
    copies: readonly PersonKeyCopy[],
  ): Promise<Growing> {
    checkSignatures(log.state, one);
    const purpose = attestationWanted(one.statement);
    await this.attestations.check(on, owner, one, log.head, purpose);
    const isDated = purpose === 'reset' || purpose === 'continuity';
    if (isDated) mustBeOfNow(one.statement.at, this.clock.now());
    if (purpose === 'continuity' && log.state !== null)
      await mustBeTheSame(on, log.state, one.wire);
    const verdict = judgeIdentity(log.state, log.head, one.statement, log.person);
    if (!verdict.ok) throw new Problem('identity_statement_invalid', verdict.why);
    if (one.statement.payload.kind === 'person-key.rotated') checkRotation(verdict.state, copies);
    return {
      person: log.person,
      head: { n: one.statement.n, h: one.hash },
      state: verdict.state,
      hashes: [...log.hashes, one.hash],
    };
  }

  /**
   * A key that a revoked device or a replaced paper opens must not stay the one sealed to. A device
   * that ends itself makes no secret any more: the person's next device to come makes it.
   */
  private mustRotate(before: IdentityView, after: IdentityView): void {
    const said = after.state.statements.slice(before.hashes.length);
    const ends = said.some(
      ({ payload, signer }) =>
        (payload.kind === 'device.revoked' && payload.device !== signer) ||
        payload.kind === 'identity.reset' ||
        (payload.kind === 'recovery-key.set' && before.state.recovery !== null),
    );
    const rotated = after.state.lastGeneration > before.state.lastGeneration;
    if (ends && !rotated) throw new Problem('identity_statement_invalid', 'a new key must follow');
  }

  private async store(
    on: Transaction,
    view: IdentityView,
    read: readonly ReadStatement[],
    copies: readonly PersonKeyCopy[],
  ): Promise<void> {
    for (const one of read) await insertStatement(on, toRow(view.person, one), this.clock.now());
    if (read.some(endsAPaper)) await deleteRecoveryCopies(on, view.person);
    const said = read.map(({ statement, hash: h }) => ({ n: statement.n, h }));
    await this.tree.append(on, view.person, said);
    if (copies.length > 0) await insertKeyCopies(on, view.person, copies);
    await projectIdentity(on, view);
    const events = read.map(({ statement }) => ({
      type: 'identity.changed' as const,
      person: view.person,
      n: statement.n,
      kind: statement.payload.kind,
    }));
    await this.outbox.record(on, ...events);
  }
}

/** A paper that opens no present key needs none of the former ones: links lead back to them. */
const endsAPaper = ({ statement: { payload } }: ReadStatement): boolean =>
  payload.kind === 'recovery-key.set' || payload.kind === 'identity.reset';

function toRow(person: PersonId, { wire, statement, hash: h }: ReadStatement): StatementRow {
  return { person, n: statement.n, h, ...wire };
}

/** A wait counts from when something was said: nobody dates it back, and a sign-in is short. */
function mustBeOfNow(at: number, now: number): void {
  const oldest = now - LIMITS.loginAttemptMs.value - LIMITS.clockSkewMs.value;
  if (at < oldest) throw new Problem('identity_statement_invalid', 'dated back');
}
