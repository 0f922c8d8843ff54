/**
 * The calls that screens, tools and tests make of the SDK: each gives plain views, or changes what
 * they show. It must never hold a view itself: those are in face.ts.
 */
import type { DeadEvent } from '@liaison/contract/dead-events';
import type { DeclineReason } from '@liaison/contract/handoff';
import type { AttachmentRef } from '@liaison/contract/attachment';
import type {
  CircleId,
  EntryId,
  MemberId,
  PersonId,
  SigningKey,
  Uuid,
} from '@liaison/contract/ids';
import type { SentInvitation } from '@liaison/contract/invitation';
import type { Availability, NotificationSettings } from '@liaison/contract/notification-settings';
import type { PasskeySummary } from '@liaison/contract/passkey';
import type { NewPushSubscription } from '@liaison/contract/push';
import type { SessionSummary } from '@liaison/contract/session';
import type { AbsentFace } from './face.absent.js';
import type { CareFace } from './face.care.js';
import type { GroupsFace } from './face.groups.js';
import type { DeviceFace } from './face.devices.js';
import type { LatchFace } from './face.latch.js';
import type { RecoveryFace } from './face.recovery.js';
import type { TemplatesFace } from './face.templates.js';
import type { EvidenceView, TrustFace } from './face.trust.js';
import type {
  PersonView,
  DirectoryHit,
  MessageView,
  HandoffView,
  ChannelView,
  NotificationView,
  MailView,
  SessionView,
  ConnectionView,
  NewAttachment,
  HandoffDraft,
  Unsent,
  Change,
} from './face.js';

export interface LiaisonFace
  extends AbsentFace,
    CareFace,
    DeviceFace,
    GroupsFace,
    LatchFace,
    RecoveryFace,
    TemplatesFace,
    TrustFace {
  onChange(listener: (change: Change) => void): Promise<() => void>;
  connection(): Promise<ConnectionView>;
  evidence(): Promise<readonly EvidenceView[]>;

  // Sign-in and this device
  session(): Promise<SessionView>;
  /** Prepares this device's keys and nonce; the screen then goes to that address. */
  beginSignIn(returnTo: string): Promise<{ readonly authorizeUrl: string }>;
  /** After the provider sent the person back: reads the session, enrols a first device. */
  finishSignIn(): Promise<SessionView>;
  /** This device's keys and what it has read stay in its store, for the next sign-in. */
  signOut(): Promise<void>;
  /**
   * Signs out, ends this device in the person's log where the server can be reached, and forgets
   * everything that it kept: for a shared post, or a device that changes hands. Refused while
   * something waits to be sent, unless `evenUnsent`. Says whether the log took the device's end:
   * if not, it must be ended from another device.
   */
  forgetDevice(evenUnsent?: boolean): Promise<{ readonly ended: boolean }>;
  /**
   * A device that was ended gets new keys, to be linked again: what was being written on it stays.
   */
  renewDevice(): Promise<SessionView>;
  chooseRole(role: string): Promise<SessionView>;
  lock(): Promise<void>;
  /** WebAuthn ceremonies: options from here, answer of the authenticator back. */
  passkeyOptions(use: 'register' | 'unlock' | 'sign-in'): Promise<unknown>;
  passkeyAnswer(use: 'register' | 'unlock' | 'sign-in', answer: unknown): Promise<SessionView>;
  /** Invitations for people without the national provider: a link to hand over. */
  invite(
    name: string,
    role: 'coordinator' | 'secretary' | 'intern' | 'hospital-it' | 'other',
  ): Promise<{ readonly link: string }>;
  openInvitation(link: string): Promise<{ readonly name: string; readonly inviter: string }>;
  /** What the browser needs to make the invited person's passkey. */
  invitationOptions(link: string): Promise<unknown>;
  acceptInvitation(link: string, passkeyAnswer: unknown): Promise<SessionView>;

  /** The ways in as this person: each can be ended. */
  sessions(): Promise<readonly SessionSummary[]>;
  endSession(session: Uuid): Promise<readonly SessionSummary[]>;
  passkeys(): Promise<readonly PasskeySummary[]>;
  removePasskey(passkey: Uuid): Promise<readonly PasskeySummary[]>;
  invitations(): Promise<readonly SentInvitation[]>;
  withdrawInvitation(key: SigningKey): Promise<readonly SentInvitation[]>;

  // People and teams
  searchDirectory(query: string): Promise<readonly DirectoryHit[]>;
  person(person: PersonId): Promise<PersonView | null>;

  // Handoffs
  handoffs(): Promise<readonly HandoffView[]>;
  handoff(id: CircleId): Promise<HandoffView | null>;
  drafts(): Promise<readonly HandoffDraft[]>;
  saveDraft(draft: HandoffDraft): Promise<void>;
  dropDraft(id: Uuid): Promise<void>;
  sendHandoff(draft: HandoffDraft): Promise<CircleId>;
  accept(id: CircleId, as: MemberId, note: string): Promise<void>;
  decline(id: CircleId, as: MemberId, reason: DeclineReason, note: string): Promise<void>;
  done(id: CircleId, as: MemberId, note: string): Promise<void>;
  reassign(id: CircleId, from: MemberId, to: MemberId, due: number): Promise<void>;
  close(id: CircleId): Promise<void>;
  taskDone(id: CircleId, task: Uuid, note: string): Promise<void>;
  /** Gives the file to an addressee who had the outline only. */
  release(id: CircleId, member: MemberId): Promise<void>;

  // Conversation
  channels(): Promise<readonly ChannelView[]>;
  createChannel(title: string, members: readonly MemberId[]): Promise<CircleId>;
  messages(circle: CircleId): Promise<readonly MessageView[]>;
  /** For a handoff, the conversation in its file. Returns at once: the message is in the outbox. */
  post(circle: CircleId, text: string, attachments: readonly NewAttachment[]): Promise<EntryId>;
  retry(circle: CircleId, id: EntryId): Promise<void>;
  /** What is being written in a conversation, on this device only: a lock or a restart keeps it. */
  unsent(circle: CircleId, what?: Unsent): Promise<string>;
  keepUnsent(circle: CircleId, text: string, what?: Unsent): Promise<void>;
  markRead(circle: CircleId): Promise<void>;
  attachment(circle: CircleId, ref: AttachmentRef): Promise<Uint8Array>;

  // Notifications
  notifications(): Promise<readonly NotificationView[]>;
  notificationsRead(ids: readonly Uuid[]): Promise<void>;
  mail(): Promise<MailView>;
  /** Notices are mailed there, in that language; an empty address asks for none. */
  setMail(address: string, language?: MailView['language']): Promise<void>;
  /** Hours, leave, duty, digests and channels: when and by what the caller is told. */
  notificationSettings(): Promise<NotificationSettings>;
  setNotificationSettings(settings: NotificationSettings): Promise<void>;
  /** Whether a colleague is free or busy now, if they let it be seen. */
  availability(person: PersonId): Promise<Availability>;
  /** What the server set aside, the oldest first; for coordinators and hospital IT. */
  deadEvents(): Promise<{ readonly count: number; readonly events: readonly DeadEvent[] }>;
  /** All of it is tried again. Returns how many. */
  replayDeadEvents(): Promise<number>;
  /** What a browser is told to ask its push service with. */
  pushKey(): Promise<string>;
  /** This browser may be woken, content-free. */
  subscribePush(subscription: NewPushSubscription): Promise<void>;
  unsubscribePush(endpoint: string): Promise<void>;
}
