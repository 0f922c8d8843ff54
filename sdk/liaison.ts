/**
 * The SDK's one door: puts its rooms together, keeps them in step with the server, and shows the
 * face. It must never decide anything itself: each call goes to the room that it belongs to.
 */
import type { AttachmentRef } from '@liaison/contract/attachment';
import type { DeclineReason } from '@liaison/contract/handoff';
import type {
  CircleId,
  EntryId,
  MemberId,
  PersonId,
  SigningKey,
  Uuid,
} from '@liaison/contract/ids';
import type { InvitationText } from '@liaison/contract/identity';
import type { SentInvitation } from '@liaison/contract/invitation';
import type { Availability, NotificationSettings } from '@liaison/contract/notification-settings';
import type { PasskeySummary } from '@liaison/contract/passkey';
import type { NewPushSubscription } from '@liaison/contract/push';
import type { SessionSummary } from '@liaison/contract/session';
import type { Book } from './circles/circle.book.js';
import { Engine, type LiaisonOptions } from './engine.js';
import type * as face from './face.js';
import type { EvidenceView } from './face.trust.js';
import { CareDoor } from './liaison.care.js';
import type { LiaisonFace } from './liaison.face.js';
import { calledAs } from './person-name.js';
import type { PasskeyUse } from './session/sessions.js';
import { leaveDevice, renewKeys } from './session/leaving.js';
import { sessionView } from './session/session.view.js';

export class Liaison extends CareDoor implements LiaisonFace {
  onChange(listener: (change: face.Change) => void): Promise<() => void> {
    return Promise.resolve(this.engine.ground.changes.listen(listener));
  }

  connection(): Promise<face.ConnectionView> {
    return Promise.resolve(this.engine.connection.view());
  }

  evidence(): Promise<readonly EvidenceView[]> {
    return this.engine.evidence.all();
  }

  /** Catches up with the server now; resolves when everything known to it is here. */
  async sync(): Promise<void> {
    await this.engine.sync.resume();
  }

  /** As `sync`, with names, teams and communities read again. */
  refresh(): Promise<void> {
    return this.engine.connection.open();
  }

  /** Ends this client: what waits stays in the store. */
  dispose(): Promise<void> {
    return this.engine.close();
  }

  // Sign-in and this device
  session(): Promise<face.SessionView> {
    return sessionView(this.engine);
  }

  beginSignIn(returnTo: string): Promise<{ readonly authorizeUrl: string }> {
    return this.engine.sessions.begin(returnTo);
  }

  finishSignIn(): Promise<face.SessionView> {
    return this.after(this.engine.sessions.finish());
  }

  /** What was opened is forgotten with the client that opened it. */
  async signOut(): Promise<void> {
    await this.engine.sessions.end();
    await this.engine.stop();
    this.engine = await this.engine.renewed();
  }

  async forgetDevice(evenUnsent = false): Promise<{ readonly ended: boolean }> {
    const ended = await leaveDevice(this.engine, evenUnsent);
    this.engine = await this.engine.renewed();
    return { ended };
  }

  async renewDevice(): Promise<face.SessionView> {
    await this.engine.stop();
    await renewKeys(this.engine);
    this.engine = await this.engine.renewed();
    return this.session();
  }

  chooseRole(role: string): Promise<face.SessionView> {
    return this.after(this.engine.sessions.chooseRole(role));
  }

  async lock(): Promise<void> {
    await this.engine.sessions.lock();
    this.engine.connection.cut();
  }

  passkeyOptions(use: PasskeyUse): Promise<unknown> {
    return this.engine.sessions.passkeyOptions(use);
  }

  passkeyAnswer(use: PasskeyUse, answer: unknown): Promise<face.SessionView> {
    return this.after(this.engine.sessions.passkeyAnswer(use, answer));
  }

  invite(name: string, role: InvitationText['role']): Promise<{ readonly link: string }> {
    return this.engine.devices.invite(name, role);
  }

  async openInvitation(link: string): Promise<{ readonly name: string; readonly inviter: string }> {
    const { name, inviter } = await this.engine.sessions.openInvitation(link);
    return { name, inviter: calledAs(inviter) };
  }

  invitationOptions(link: string): Promise<unknown> {
    return this.engine.sessions.invitationOptions(link);
  }

  acceptInvitation(link: string, passkeyAnswer: unknown): Promise<face.SessionView> {
    return this.after(this.engine.sessions.acceptInvitation(link, passkeyAnswer));
  }

  // The ways in
  sessions(): Promise<readonly SessionSummary[]> {
    return this.engine.waysIn.sessions();
  }

  endSession(session: Uuid): Promise<readonly SessionSummary[]> {
    return this.engine.waysIn.endSession(session);
  }

  passkeys(): Promise<readonly PasskeySummary[]> {
    return this.engine.waysIn.passkeys();
  }

  removePasskey(passkey: Uuid): Promise<readonly PasskeySummary[]> {
    return this.engine.waysIn.removePasskey(passkey);
  }

  invitations(): Promise<readonly SentInvitation[]> {
    return this.engine.waysIn.invitations();
  }

  withdrawInvitation(key: SigningKey): Promise<readonly SentInvitation[]> {
    return this.engine.waysIn.withdrawInvitation(key);
  }

  // People
  searchDirectory(query: string): Promise<readonly face.DirectoryHit[]> {
    return this.engine.directory.search(query);
  }

  person(person: PersonId): Promise<face.PersonView | null> {
    return this.engine.directory.person(person);
  }

  // Handoffs
  async handoffs(): Promise<readonly face.HandoffView[]> {
    this.engine.sessions.mustBeOpen();
    return this.engine.handoffs.all();
  }

  async handoff(id: CircleId): Promise<face.HandoffView | null> {
    this.engine.sessions.mustBeOpen();
    const view = await this.engine.handoffs.one(id);
    if (view !== null) this.engine.connection.lookAt(id, await this.engine.handoffs.fileIdOf(id));
    return view;
  }

  async drafts(): Promise<readonly face.HandoffDraft[]> {
    this.engine.sessions.mustBeOpen();
    return this.engine.drafts.all();
  }

  saveDraft(draft: face.HandoffDraft): Promise<void> {
    return this.engine.drafts.save(draft);
  }

  dropDraft(id: Uuid): Promise<void> {
    return this.engine.drafts.drop(id);
  }

  /** The handoff does not wait for the mails: what fails there is offered again on its page. */
  async sendHandoff(draft: face.HandoffDraft): Promise<CircleId> {
    const id = await this.engine.handoffs.send(draft);
    if ((draft.absentees ?? []).length > 0) {
      this.engine.ground.aside(this.engine.absentees.inviteAll(id));
    }
    return id;
  }

  accept(id: CircleId, as: MemberId, note: string): Promise<void> {
    return this.engine.handoffs.accept(id, as, note);
  }

  decline(id: CircleId, as: MemberId, reason: DeclineReason, note: string): Promise<void> {
    return this.engine.handoffs.decline(id, as, reason, note);
  }

  done(id: CircleId, as: MemberId, note: string): Promise<void> {
    return this.engine.handoffs.done(id, as, note);
  }

  reassign(id: CircleId, from: MemberId, to: MemberId, due: number): Promise<void> {
    return this.engine.handoffs.reassign(id, from, to, due);
  }

  close(id: CircleId): Promise<void> {
    return this.engine.handoffs.close(id);
  }

  taskDone(id: CircleId, task: Uuid, note: string): Promise<void> {
    return this.engine.handoffs.taskDone(id, task, note);
  }

  release(id: CircleId, member: MemberId): Promise<void> {
    return this.engine.handoffs.release(id, member);
  }

  // Conversation
  async channels(): Promise<readonly face.ChannelView[]> {
    this.engine.sessions.mustBeOpen();
    return this.engine.rooms.channels();
  }

  createChannel(title: string, members: readonly MemberId[]): Promise<CircleId> {
    return this.engine.rooms.createChannel(title, members);
  }

  async messages(circle: CircleId): Promise<readonly face.MessageView[]> {
    this.engine.sessions.mustBeOpen();
    return this.engine.messages.of(await this.#conversation(circle));
  }

  async post(
    circle: CircleId,
    text: string,
    attachments: readonly face.NewAttachment[],
  ): Promise<EntryId> {
    return this.engine.rooms.post(await this.#conversation(circle), text, attachments);
  }

  async retry(_circle: CircleId, id: EntryId): Promise<void> {
    await this.engine.outbox.retry(id);
  }

  async unsent(circle: CircleId, what?: face.Unsent): Promise<string> {
    this.engine.sessions.mustBeOpen();
    return this.engine.drafts.unsent(circle, what);
  }

  keepUnsent(circle: CircleId, text: string, what?: face.Unsent): Promise<void> {
    return this.engine.drafts.keepUnsent(circle, text, what);
  }

  /** A handoff's outline and its file are read together. */
  async markRead(circle: CircleId): Promise<void> {
    const book = await this.engine.library.book(circle);
    const file = await this.engine.handoffs.fileOf(book);
    for (const one of file === null ? [book] : [book, file]) {
      if (one.head.k >= 0) await this.engine.lanes.advance(one.circle, 'read', one.head);
    }
    this.engine.ground.changes.tell({ what: 'circle', circle });
  }

  async attachment(_circle: CircleId, ref: AttachmentRef): Promise<Uint8Array> {
    this.engine.sessions.mustBeOpen();
    return this.engine.attachments.read(ref);
  }

  // Notifications
  notifications(): Promise<readonly face.NotificationView[]> {
    return this.engine.notifications.all();
  }

  notificationsRead(ids: readonly Uuid[]): Promise<void> {
    return this.engine.notifications.read(ids);
  }

  mail(): Promise<face.MailView> {
    return this.engine.notifications.mail();
  }

  setMail(address: string, language: face.MailView['language'] = 'fr'): Promise<void> {
    return this.engine.notifications.setMail(address, language);
  }

  notificationSettings(): Promise<NotificationSettings> {
    return this.engine.notifications.settings();
  }

  setNotificationSettings(settings: NotificationSettings): Promise<void> {
    return this.engine.notifications.setSettings(settings);
  }

  availability(person: PersonId): Promise<Availability> {
    return this.engine.notifications.availability(person);
  }

  deadEvents(): ReturnType<LiaisonFace['deadEvents']> {
    return this.engine.notifications.deadEvents();
  }

  replayDeadEvents(): Promise<number> {
    return this.engine.notifications.replayDeadEvents();
  }

  pushKey(): Promise<string> {
    return this.engine.notifications.pushKey();
  }

  subscribePush(subscription: NewPushSubscription): Promise<void> {
    return this.engine.notifications.subscribePush(subscription);
  }

  unsubscribePush(endpoint: string): Promise<void> {
    return this.engine.notifications.unsubscribePush(endpoint);
  }

  /** For a handoff, the conversation in its file. */
  async #conversation(circle: CircleId): Promise<Book> {
    const book = await this.engine.library.book(circle);
    return (await this.engine.handoffs.fileOf(book)) ?? book;
  }
}

/** Opens the store, reads what is known, and connects where somebody is signed in. */
export async function openLiaison(options: LiaisonOptions): Promise<Liaison> {
  const engine = new Engine(options);
  await engine.open();
  return new Liaison(engine);
}
