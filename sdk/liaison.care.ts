/**
 * The part of the SDK's door that is about what is asked and the items of a plan (face.care.ts). As
 * the rest of the door it decides nothing.
 */
import type { CancelReason, DeclineReason, RecallReason } from '@liaison/contract/handoff';
import type { EraseReason } from '@liaison/contract/erasure';
import type { CircleId, MemberId, PersonId, Uuid } from '@liaison/contract/ids';
import type { ImpossibleReason } from '@liaison/contract/task';
import type { NewAttachment } from './face.js';
import type { AskDraft, CareFace, DutyView, NewOpinion } from './face.care.js';
import { AbsentDoor } from './liaison.absent.js';

export abstract class CareDoor extends AbsentDoor implements CareFace {
  ask(draft: AskDraft): Promise<CircleId> {
    return this.engine.handoffs.ask(draft);
  }

  async asks(): Promise<readonly AskDraft[]> {
    this.engine.sessions.mustBeOpen();
    return this.engine.drafts.asks();
  }

  saveAsk(draft: AskDraft): Promise<void> {
    return this.engine.drafts.saveAsk(draft);
  }

  giveOpinion(id: CircleId, opinion: NewOpinion, files: readonly NewAttachment[]): Promise<void> {
    return this.engine.handoffs.giveOpinion(id, opinion, files);
  }

  cancel(id: CircleId, reason: CancelReason, note: string): Promise<void> {
    return this.engine.ends.cancel(id, reason, note);
  }

  recall(id: CircleId, reason: RecallReason, note: string): Promise<void> {
    return this.engine.ends.recall(id, reason, note);
  }

  eraseFile(id: CircleId, reason: EraseReason, note: string): Promise<void> {
    return this.engine.ends.erase(id, reason, note);
  }

  acceptTask(id: CircleId, task: Uuid, note: string): Promise<void> {
    return this.engine.handoffs.acceptTask(id, task, note);
  }

  declineTask(id: CircleId, task: Uuid, reason: DeclineReason, note: string): Promise<void> {
    return this.engine.handoffs.declineTask(id, task, reason, note);
  }

  taskImpossible(id: CircleId, task: Uuid, reason: ImpossibleReason, note: string): Promise<void> {
    return this.engine.handoffs.taskImpossible(id, task, reason, note);
  }

  handTaskOn(id: CircleId, task: Uuid, owner: MemberId, note: string): Promise<void> {
    return this.engine.handoffs.handTaskOn(id, task, owner, note);
  }

  duty(team: CircleId): Promise<DutyView | null> {
    return this.engine.duty.of(team);
  }

  declareHolder(
    team: CircleId,
    person: PersonId | null,
    from: number,
    until: number,
  ): Promise<void> {
    return this.engine.duty.declare(team, person, from, until);
  }
}
