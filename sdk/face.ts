/**
 * What screens, tools and tests see of the SDK: plain views. Every view is structured-cloneable,
 * because the web runs the SDK in a worker. Nothing here shows a key, a header or a position; a
 * failure is a typed state with its way out.
 */
import type {
  DeclineReason,
  HandoffKindName,
  IncompleteReason,
  RequestTemplate,
  Urgency,
} from '@liaison/contract/handoff';
import type { AddresseePhase, HandoffPhase } from '@liaison/contract/handoff-state';
import type { ErrorCode } from '@liaison/contract/errors';
import type { Absentee, HandOver } from '@liaison/contract/absentee';
import type { AttachmentRef } from '@liaison/contract/attachment';
import type { GuestState } from '@liaison/contract/guest';
import type { TeamCategory } from '@liaison/contract/community';
import type { EraseReason } from '@liaison/contract/erasure';
import type { CircleId, EntryId, MemberId, PersonId, Uuid } from '@liaison/contract/ids';
import type { Profession } from '@liaison/contract/profession';
import type { DischargeLetter, Rubric } from '@liaison/contract/letter';
import type { Outline } from '@liaison/contract/outline';
import type { TaskPhase } from '@liaison/contract/task-steps';
import type { AskedFile } from '@liaison/contract/kinds/asked.file';
import type { Opinion } from '@liaison/contract/kinds/opinion.file';
import type { DeviceRef } from './face.devices.js';

/** Something sealed, opened or not: a screen shows the reason and the way out. */
export type Opened<T> =
  | { readonly state: 'open'; readonly value: T }
  | { readonly state: 'waiting'; readonly for: 'keys' | 'items' | 'release' | 'history' | 'body' }
  | { readonly state: 'unreadable'; readonly by: PersonId; readonly why: string }
  | { readonly state: 'erased' }
  | { readonly state: 'update-needed' };

/** What says that a person is who they claim to be. `certified`: the whole chain was verified. */
export interface TrustView {
  readonly level: 'certified' | 'vouched' | 'server' | 'directory';
  /** Instant of the attestation. */
  readonly since: number;
  /** Who vouched, where somebody did. */
  readonly by: string | null;
  /** True where the identity comes from an emulator: shown as "fictional" everywhere. */
  readonly fictional: boolean;
}

export interface PersonView {
  readonly person: PersonId;
  readonly name: string;
  readonly profession: Profession;
  /** RPPS or ADELI as shown to people; null without one. */
  readonly nationalId: string | null;
  readonly trust: TrustView;
}

/** A person or a team, as an addressee, a sender or an owner. */
export interface PartyView {
  readonly member: MemberId;
  readonly type: 'person' | 'team';
  /** Empty until a name is known that matches what the team's own log committed to. */
  readonly name: string;
  readonly category: TeamCategory | null;
  readonly town: string;
}

/** Somebody whom the directory knows and who is not here yet, or is. */
export interface DirectoryHit {
  readonly party: PartyView | null;
  readonly name: string;
  readonly profession: Profession;
  readonly structure: string;
  readonly town: string;
  readonly phone: string;
  /** Their MSSanté address. */
  readonly mailbox: string | null;
  readonly nationalId: string | null;
}

export interface MessageView {
  readonly id: EntryId;
  readonly circle: CircleId;
  readonly author: PersonView;
  readonly mine: boolean;
  /** `sending`: in the outbox of this device; `refused`: with the code, kept for another try. */
  readonly delivery: 'sending' | 'sent' | 'refused';
  readonly refusal: ErrorCode | null;
  readonly at: number;
  readonly text: Opened<string>;
  readonly attachments: readonly AttachmentRef[];
}

export interface AddresseeView {
  readonly party: PartyView;
  /** Whether the file was sealed to them; null on a device that has the outline only. */
  readonly hasFile: boolean | null;
  readonly phase: AddresseePhase;
  /** Those of wave 0 are asked at once, the others from `opensAt` on. */
  readonly wave: number;
  readonly opensAt: number;
  readonly due: number;
  readonly overdue: boolean;
  /** First instant at which a device of the addressee had it, and at which somebody read it. */
  readonly deliveredAt: number | null;
  readonly readAt: number | null;
  /** Who of them first opened the file, where this device reads it. */
  readonly opened: { readonly person: PersonView; readonly at: number } | null;
  readonly answeredAt: number | null;
  readonly answeredBy: PersonView | null;
  readonly reason: string | null;
  readonly note: string | null;
}

/** As the sender wrote them down; the address of the mail may stay empty. */
export interface NewAbsentee extends Omit<Absentee, 'guest' | 'tasks'> {
  readonly absentee: Uuid;
}

/** That they were told: a statement of the sender's, and no answer. */
export interface HandOverView {
  readonly by: PersonView;
  readonly said: Opened<HandOver>;
}

/**
 * Who came by the link. That they are the one who was meant, a person must see: their name and
 * number as certified stand beside those that were written down.
 */
export interface ArrivedView {
  readonly person: PersonView;
  /** Whom the handoff would ask: a team of theirs that can be asked, else themselves. */
  readonly party: PartyView;
  /** Null where either number is not known. */
  readonly sameNumber: boolean | null;
}

export interface AbsenteeView {
  readonly absentee: Uuid;
  readonly phase: 'awaited' | 'admitted';
  readonly due: number;
  readonly overdue: boolean;
  readonly who: Opened<Absentee>;
  readonly handedOver: readonly HandOverView[];
  /** Of the mail; null where none was asked for or this device cannot know. */
  readonly invitation: GuestState | 'unsent' | null;
  readonly arrived: ArrivedView | null;
  /** Who is asked in their place. */
  readonly admitted: PartyView | null;
  readonly acts: readonly ('hand-over' | 'admit')[];
}

/** Acts that the present person may do now to an item of a plan. */
export type TaskAct = 'accept' | 'decline' | 'done' | 'impossible' | 'hand-on';

export interface TaskView {
  readonly task: Uuid;
  readonly owner: PartyView;
  readonly phase: TaskPhase;
  /** Who answers for it now; null where nothing more is awaited. */
  readonly accountable: PartyView | null;
  /** Why it was declined, or cannot be done. */
  readonly reason: string | null;
  /** It waits past its time, by this device's clock. */
  readonly late: boolean;
  readonly acts: readonly TaskAct[];
  readonly due: number | null;
  readonly doneAt: number | null;
  readonly doneBy: PersonView | null;
  readonly title: Opened<string>;
  readonly detail: string;
}

/** Acts that the present person may do now, so that a screen offers no dead button. */
export type HandoffAct =
  | 'accept'
  | 'decline'
  | 'done'
  /** To write what the kind asks for: an expert’s opinion. */
  | 'answer'
  | 'reassign'
  | 'close'
  | 'cancel'
  | 'recall'
  | 'supersede'
  /** Somebody without an account is asked as well. */
  | 'await';

/** What somebody who took it answered, and when. */
export interface OpinionView {
  readonly id: EntryId;
  readonly by: PersonView;
  readonly at: number;
  readonly opinion: Opened<Opinion>;
}

export interface EndView {
  readonly at: number;
  readonly by: PersonView;
  readonly note: string | null;
}

export interface HandoffView {
  readonly id: CircleId;
  readonly kind: HandoffKindName;
  /** What a `request` asks for; null in the other kinds. */
  readonly template: RequestTemplate | null;
  readonly phase: HandoffPhase;
  readonly sender: PartyView;
  readonly sentBy: PersonView;
  readonly sentAt: number;
  readonly urgency: Urgency;
  readonly due: number;
  readonly outline: Opened<Outline>;
  readonly letter: Opened<DischargeLetter>;
  /** What is asked, where it is no discharge; it waits for who has not taken it. */
  readonly asked: Opened<AskedFile>;
  /** Who has it, where only one may: the others know that nothing is left to do. */
  readonly takenBy: { readonly party: PartyView; readonly at: number } | null;
  /** Whether only one may have it: the first to accept. */
  readonly exclusive: boolean;
  /** How long whoever is asked usually has, as its kind has it. */
  readonly answerMs: number;
  /** Why one may decline, as its kind has it. */
  readonly declineReasons: readonly DeclineReason[];
  /** Answers of whoever took it, the oldest first; only where its kind asks for one. */
  readonly opinions: readonly OpinionView[];
  readonly missing: readonly Rubric[];
  readonly incompleteReason: IncompleteReason | null;
  readonly addressees: readonly AddresseeView[];
  /** Addressees without an account. */
  readonly absentees: readonly AbsenteeView[];
  readonly tasks: readonly TaskView[];
  readonly conversation: readonly MessageView[];
  /** My teams (or myself) among the addressees, and whether I am of the sending team. */
  readonly mine: readonly MemberId[];
  readonly iSent: boolean;
  readonly acts: readonly HandoffAct[];
  readonly reason: string | null;
  /** How it ended before its time, or was closed: who, when, in which words. */
  readonly ended: EndView | null;
  /** What said who the patient is was destroyed; what others wrote since may be left. */
  readonly erased: (EndView & { readonly reason: EraseReason }) | null;
  /** Whether the present person may erase something of the file that is left. */
  readonly mayErase: boolean;
  readonly supersedes: CircleId | null;
  readonly supersededBy: CircleId | null;
  readonly unread: number;
  readonly readers: readonly PersonView[];
}

export interface ChannelView {
  readonly id: CircleId;
  readonly title: Opened<string>;
  readonly members: readonly PartyView[];
  /** People who are in it through sectors: a large circle does not list them. */
  readonly others: number;
  readonly unread: number;
  readonly lastAt: number;
  readonly last: MessageView | null;
}

export interface NotificationView {
  readonly id: Uuid;
  readonly kind: string;
  readonly circle: CircleId | null;
  readonly at: number;
  readonly readAt: number | null;
}

/** Where notices are mailed. The address is empty where none are. */
export interface MailView {
  readonly address: string;
  readonly language: 'fr' | 'en';
}

/**
 * What keeps this device's memory closed. `none`: a memory without such a thing. `browser`: the
 * browser's own key. `open`, `shut`: a passkey's.
 */
export type LatchState = 'none' | 'browser' | 'open' | 'shut';

/** Who is signed in, and what this device still needs. */
export interface SessionView {
  readonly state:
    | 'signed-out'
    | 'locked'
    /** Signed in, but a passkey shuts what this device keeps: see `LatchView`. */
    | 'shut'
    | 'no-identity'
    /** The provider knows the owner of this device by another number: see `identityMove`. */
    | 'moved'
    | 'other-device'
    | 'device-ended'
    /** At a shared post: its lease is over. What was typed waits for the phone to open it again. */
    | 'lease-over'
    /** A shared post was open in this browser, and its memory is gone: only its cookie is left. */
    | 'post-gone'
    | 'backup-needed'
    | 'ready';
  readonly name: string;
  readonly person: PersonId | null;
  readonly roles: readonly RoleView[];
  readonly role: RoleView | null;
  readonly teams: readonly PartyView[];
  readonly community: { readonly id: CircleId; readonly name: string } | null;
  readonly fictional: boolean;
  readonly hasPasskey: boolean;
  readonly latch: LatchState;
  /** Where this device was ended; null while it is live. */
  readonly ended: EndedView | null;
  /** Only at a shared post: until when it speaks for its person. */
  readonly post: { readonly until: number } | null;
  /** The live device that stood here before the system erased its memory. */
  readonly lost: DeviceRef | null;
}

/** The end of a device, as the person's own log has it. */
export interface EndedView {
  readonly at: number;
  /** The device that said so; null: the recovery words did. */
  readonly by: DeviceRef | null;
  readonly byItself: boolean;
}

/** One of the activities in which a person may act. */
export interface RoleView {
  readonly id: string;
  readonly profession: Profession;
  readonly structure: string;
  readonly finess: string | null;
}

export interface LeavingDraft {
  readonly draft: Uuid;
  /** Why the server did not take it; null while it waits to be asked. */
  readonly refusal: ErrorCode | null;
}

export interface ConnectionView {
  readonly live: 'socket' | 'polling' | 'offline';
  /** Waiting in this device's outbox. */
  readonly waiting: number;
  /** Drafts among them: sent by the person, and not yet taken by the server. */
  readonly leaving: readonly LeavingDraft[];
  /** Evidence that the server misbehaved; the screen blocks and explains. */
  readonly alarm: { readonly code: string; readonly circle: CircleId | null } | null;
}

/** A file to attach, as the screen read it. */
export interface NewAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface NewTask {
  readonly title: string;
  readonly detail: string;
  readonly owner: MemberId;
  readonly due: number | null;
  /** Meant for somebody without an account: the sending team owns it meanwhile. */
  readonly absentee?: Uuid | null;
}

/** Everything the composer holds. Saved as a draft on the device at each keystroke. */
export interface HandoffDraft {
  readonly id: Uuid;
  readonly savedAt: number;
  readonly from: MemberId;
  readonly to: readonly MemberId[];
  /** Addressees without an account; drafts of before have none. */
  readonly absentees?: readonly NewAbsentee[];
  /** Of `to`, those who get the file only once they have accepted. */
  readonly outlineOnly?: readonly MemberId[];
  readonly urgency: Urgency;
  readonly due: number;
  readonly outline: Outline;
  readonly letter: DischargeLetter;
  readonly incompleteReason: IncompleteReason | null;
  readonly tasks: readonly NewTask[];
  readonly attachments: readonly NewAttachment[];
  readonly supersedes: CircleId | null;
}

/** What is written in a circle before it is sent: a message, or the answer to a question. */
export type Unsent = 'message' | 'opinion';

/** What changed, so that a screen reads it again. */
export type Change =
  | {
      readonly what:
        | 'session'
        | 'connection'
        | 'notifications'
        | 'handoffs'
        | 'channels'
        | 'devices'
        | 'people';
    }
  | { readonly what: 'circle'; readonly circle: CircleId };
