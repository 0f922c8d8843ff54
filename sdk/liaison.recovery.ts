/**
 * The part of the SDK's door that is about what outlives a lost device and who people are: each
 * call goes to the room that it belongs to, and nothing is decided here.
 */
import type { CircleId, PersonId } from '@liaison/contract/ids';
import type {
  PaperView,
  RecoveryFace,
  RecoverySheetView,
  RecoveryView,
  ResetAskedView,
  ResetView,
  ReturningView,
} from './face.recovery.js';
import type {
  IdentityChangeView,
  IdentityMoveView,
  PersonCardView,
  TrustFace,
} from './face.trust.js';
import { DeviceDoor } from './liaison.devices.js';

export abstract class RecoveryDoor extends DeviceDoor implements RecoveryFace, TrustFace {
  async recoveryWords(): Promise<readonly string[]> {
    return (await this.engine.papers.sheet())?.words ?? [];
  }

  recoverySheet(): Promise<RecoverySheetView | null> {
    return this.engine.papers.sheet();
  }

  confirmRecovery(typed: Readonly<Record<number, string>>): Promise<boolean> {
    return this.engine.papers.confirm(typed);
  }

  recovery(): Promise<RecoveryView> {
    return this.engine.papers.view();
  }

  replaceRecovery(): Promise<RecoverySheetView> {
    return this.engine.papers.replace();
  }

  keepRecovery(): Promise<void> {
    return this.engine.papers.drop();
  }

  readPaper(words: readonly string[]): Promise<PaperView> {
    return this.engine.sessions.readPaper(words);
  }

  beginRecovery(
    words: readonly string[],
    returnTo: string,
  ): Promise<{ readonly authorizeUrl: string }> {
    return this.engine.sessions.beginRecovery(words, returnTo);
  }

  reset(): Promise<ResetView> {
    return this.engine.sessions.resetView();
  }

  beginReset(returnTo: string): Promise<{ readonly authorizeUrl: string }> {
    return this.engine.sessions.beginReset(returnTo);
  }

  async resetsAsked(): Promise<readonly ResetAskedView[]> {
    const { vault, people, resets } = this.engine;
    return resets.asked(await people.state(vault.me()));
  }

  refuseReset(asked: number): Promise<void> {
    return this.engine.resets.refuse(asked);
  }

  returning(circle: CircleId): Promise<readonly ReturningView[]> {
    return this.engine.returning.of(circle);
  }

  readmit(circle: CircleId, person: PersonId): Promise<void> {
    return this.engine.returning.readmit(circle, person);
  }

  personCard(person: PersonId): Promise<PersonCardView> {
    return this.engine.acquaintances.card(person);
  }

  identityMove(): Promise<IdentityMoveView | null> {
    return this.engine.sessions.move();
  }

  beginContinuity(returnTo: string): Promise<{ readonly authorizeUrl: string }> {
    return this.engine.sessions.beginContinuity(returnTo);
  }

  identityChanges(): Promise<readonly IdentityChangeView[]> {
    return this.engine.acquaintances.unseen();
  }

  identitySeen(person: PersonId): Promise<void> {
    return this.engine.acquaintances.see(person);
  }

  numberScanned(person: PersonId, text: string): Promise<boolean> {
    return this.engine.acquaintances.scanned(person, text);
  }

  numberCompared(person: PersonId): Promise<void> {
    return this.engine.acquaintances.compared(person);
  }
}
