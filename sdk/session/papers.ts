/**
 * The printed recovery code: shown, rehearsed, read, replaced. A new one takes the place of the
 * former only once its owner has shown that they kept it: at no moment is there none that works.
 */
import { fromBase64Url, toBase64Url } from '@liaison/contract/bytes';
import { paperText } from '@liaison/contract/paper';
import { isSameWord, newRecoveryEntropy, recoveryKeys, recoveryWords } from '../crypto/recovery.js';
import type { PaperView, RecoverySheetView, RecoveryView } from '../face.recovery.js';
import { Fault } from '../fault.js';
import type { Ground } from '../ground.js';
import type { IdentityState } from '../logs/identity-state.js';
import { recoveryPayload } from '../logs/identity-statements.js';
import type { People } from '../people.js';
import type { Vault } from '../vault.js';
import { RECOVERY_ENTROPY } from './enrolment.js';
import type { KeyChange } from './key-change.js';
import { isBelow, judgePaper, readPaper } from './paper.reading.js';

export interface PaperParts {
  readonly ground: Ground;
  readonly vault: Vault;
  readonly people: People;
  readonly keyChange: KeyChange;
}

/** A paper that is printed and does not open anything yet. */
interface NextPaper {
  readonly entropy: string;
  readonly madeAt: number;
}

const NEXT = 'recovery-next';
/** Setting the new recovery key, and the new person key that must follow. */
const STATEMENTS = 2;

export class Papers {
  constructor(private readonly parts: PaperParts) {}

  /** When the paper that works now was made, and those before it. */
  async view(): Promise<RecoveryView> {
    const state = await this.#own();
    const { statements, recovery } = state.log;
    const made = statements.flatMap(({ n, payload }) =>
      payload.kind === 'recovery-key.set' && n !== recovery?.n ? [payload.madeAt] : [],
    );
    return { madeAt: recovery?.madeAt ?? null, former: made };
  }

  /** The paper to print and rehearse: of the first set-up, or one that is to replace another. */
  async sheet(): Promise<RecoverySheetView | null> {
    const { store } = this.parts.ground;
    if (this.parts.vault.person() === null) return null;
    const next = await store.get<NextPaper>('secrets', NEXT);
    if (next !== undefined) return this.#printed(next, STATEMENTS);
    const entropy = await store.get<string>('secrets', RECOVERY_ENTROPY);
    const { log } = await this.#own();
    if (entropy === undefined || log.recovery === null) return null;
    return this.#printed({ entropy, madeAt: log.recovery.madeAt }, 0);
  }

  /** Begins to replace the paper: the same new one until it is rehearsed or dropped. */
  async replace(): Promise<RecoverySheetView> {
    const { ground } = this.parts;
    const next = await ground.store.transaction(async (tx) => {
      const known = await tx.get<NextPaper>('secrets', NEXT);
      if (known !== undefined) return known;
      const fresh = { entropy: toBase64Url(newRecoveryEntropy()), madeAt: ground.clock() };
      tx.put('secrets', NEXT, fresh);
      return fresh;
    });
    return this.#printed(next, STATEMENTS);
  }

  /** The paper in use stays the one. */
  async drop(): Promise<void> {
    await this.#forget(NEXT);
  }

  /**
   * Right words, by position from 0, show that the paper was kept. Then, and only then, a new one
   * takes the place of the former, and we forget the code.
   */
  async confirm(typed: Readonly<Record<number, string>>): Promise<boolean> {
    const { store } = this.parts.ground;
    const next = await store.get<NextPaper>('secrets', NEXT);
    const entropy = next?.entropy ?? (await store.get<string>('secrets', RECOVERY_ENTROPY));
    const words = entropy === undefined ? [] : recoveryWords(fromBase64Url(entropy));
    const answers = Object.entries(typed);
    const right = answers.every(([at, word]) => isSameWord(word, words[Number(at)] ?? ''));
    if (!right || answers.length === 0) return false;
    if (next !== undefined) await this.#set(next);
    await this.#forget(next === undefined ? RECOVERY_ENTROPY : NEXT);
    this.parts.ground.changes.tell({ what: 'session' });
    return true;
  }

  /** What this paper is to whoever signed in here. */
  read(typed: readonly string[], state: IdentityState): PaperView {
    const paper = readPaper(typed);
    if (!paper.ok) return paper.view;
    const { floor } = paper;
    if (floor === null) return judgePaper(state, paper.entropy);
    if (floor.genesis !== state.hashes[0]) return { state: 'unknown' };
    if (!isBelow(state, floor)) return judgePaper(state, paper.entropy);
    return { state: 'ahead', madeAt: paper.madeAt };
  }

  /** The paper's secret, if it is the one that opens now. */
  opening(typed: readonly string[], state: IdentityState): Uint8Array {
    const view = this.read(typed, state);
    const paper = readPaper(typed);
    if (view.state === 'current' && paper.ok) return paper.entropy;
    throw refusalOf(view);
  }

  /** An answer that got lost is found in the log: the paper is not set twice. */
  async #set({ entropy, madeAt }: NextPaper): Promise<void> {
    const { keyChange, vault } = this.parts;
    const keys = recoveryKeys(fromBase64Url(entropy), vault.me());
    const before = await keyChange.log();
    if (before.log.recovery?.signingKey === keys.signing.publicKey) return;
    const payload = recoveryPayload(keys, madeAt);
    const set = keyChange.state(before, payload, keys.signing);
    await keyChange.after(before, set, 'recovery-replaced');
    await keyChange.log();
  }

  /** `ahead`: statements, one of them a new key, that come before the paper works. */
  async #printed({ entropy, madeAt }: NextPaper, ahead: number): Promise<RecoverySheetView> {
    const { hashes, log } = await this.#own();
    const [genesis] = hashes;
    if (genesis === undefined) throw new Fault('not-ready', 'no identity log yet');
    const generation = log.lastGeneration + (ahead === 0 ? 0 : 1);
    const floor = { genesis, length: hashes.length + ahead, generation };
    const words = recoveryWords(fromBase64Url(entropy));
    return { words, madeAt, qr: paperText({ entropy, floor, madeAt }) };
  }

  #own(): Promise<IdentityState> {
    return this.parts.people.state(this.parts.vault.me());
  }

  async #forget(key: string): Promise<void> {
    await this.parts.ground.store.transaction((tx) => {
      tx.delete('secrets', key);
    });
  }
}

/** Which words, where it is known: people count them from 1. */
function refusalOf(view: PaperView): Fault {
  switch (view.state) {
    case 'unreadable':
      return new Fault('words-wrong', whatIsWrong(view));
    case 'replaced':
      return new Fault('paper-replaced', `use the one of ${String(view.currentMadeAt)}`);
    case 'ended':
      return new Fault('paper-replaced', 'a new identity ended it');
    case 'ahead':
      return new Fault('log-broken', 'the paper knows a longer log than the server shows');
    case 'unknown':
    case 'current':
      return new Fault('words-wrong', 'another-paper');
  }
}

function whatIsWrong({ why, positions, found }: Extract<PaperView, { state: 'unreadable' }>) {
  if (why === 'count') return `count ${String(found)}`;
  return why === 'checksum' ? 'checksum' : `unknown-word ${positions.join(' ')}`;
}
