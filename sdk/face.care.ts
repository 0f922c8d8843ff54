/**
 * The face's part about handoffs that are no discharge, and about the items of a plan: what is
 * asked of whom in which order, and the acts of whoever takes, gives back or does an item.
 */
import type {
  AskedKind,
  CancelReason,
  DeclineReason,
  RecallReason,
  RequestTemplate,
  Urgency,
  Wave,
} from '@liaison/contract/handoff';
import type { EraseReason } from '@liaison/contract/erasure';
import type { CircleId, MemberId, PersonId, Uuid } from '@liaison/contract/ids';
import type { AskedFile } from '@liaison/contract/kinds/asked.file';
import type { Opinion } from '@liaison/contract/kinds/opinion.file';
import type { Outline } from '@liaison/contract/outline';
import type { ImpossibleReason } from '@liaison/contract/task';
import type { NewAttachment, NewTask, PersonView } from './face.js';

/** Everything the composer holds. Saved as a draft on the device at each keystroke. */
export interface AskDraft {
  readonly id: Uuid;
  readonly savedAt: number;
  readonly from: MemberId;
  readonly kind: AskedKind;
  readonly template: RequestTemplate | null;
  /** The first are asked at once, the others when their time comes or nobody before is left. */
  readonly waves: readonly Wave[];
  readonly urgency: Urgency;
  readonly outline: Outline;
  readonly file: AskedFile;
  readonly tasks: readonly NewTask[];
  readonly attachments: readonly NewAttachment[];
  readonly supersedes: CircleId | null;
}

/** Its files are sealed as it is given. */
export type NewOpinion = Omit<Opinion, 'attachments'>;

/** Somebody answers for a team, from one instant to another. */
export interface ShiftView {
  readonly person: PersonView;
  readonly from: number;
  readonly until: number;
}

export interface DutyView {
  /** Who is asked now; null: the whole team. */
  readonly now: ShiftView | null;
  /** Those ahead, in order. */
  readonly next: readonly ShiftView[];
}

export interface CareFace {
  /** Asks once, however often it is called with one draft. */
  ask(draft: AskDraft): Promise<CircleId>;
  asks(): Promise<readonly AskDraft[]>;
  saveAsk(draft: AskDraft): Promise<void>;
  /** The answer of whoever took it, sealed into the file: with the first it is done. */
  giveOpinion(id: CircleId, opinion: NewOpinion, files: readonly NewAttachment[]): Promise<void>;
  /** Nothing is to be done any more: the plan ends, nobody is reminded, what was sent stays. */
  cancel(id: CircleId, reason: CancelReason, note: string): Promise<void>;
  /** Taken back from everybody; for a wrong patient or addressee, with what the file says. */
  recall(id: CircleId, reason: RecallReason, note: string): Promise<void>;
  /** Destroys what the file says, on the server and on every device that hears of it. */
  eraseFile(id: CircleId, reason: EraseReason, note: string): Promise<void>;
  acceptTask(id: CircleId, task: Uuid, note: string): Promise<void>;
  declineTask(id: CircleId, task: Uuid, reason: DeclineReason, note: string): Promise<void>;
  taskImpossible(id: CircleId, task: Uuid, reason: ImpossibleReason, note: string): Promise<void>;
  handTaskOn(id: CircleId, task: Uuid, owner: MemberId, note: string): Promise<void>;
  /** Who answers for a team of mine; null for any other. */
  duty(team: CircleId): Promise<DutyView | null>;
  /** From one instant to another somebody of a team of mine answers; null: all of it again. */
  declareHolder(
    team: CircleId,
    person: PersonId | null,
    from: number,
    until: number,
  ): Promise<void>;
}
