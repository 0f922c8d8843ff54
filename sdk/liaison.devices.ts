/**
 * The part of the SDK's door that is about a person's devices: each call goes to the room that it
 * belongs to, and nothing is decided here.
 */
import type { DeviceId } from '@liaison/contract/ids';
import type {
  DeviceFace,
  DeviceNoticeView,
  DeviceView,
  LinkAskView,
  LinkOfferView,
  RevocationView,
} from './face.devices.js';
import type { SessionView } from './face.js';
import { LatchDoor } from './liaison.latch.js';

export abstract class DeviceDoor extends LatchDoor implements DeviceFace {
  askLink(): Promise<LinkAskView> {
    return this.engine.linkAsking.ask(this.engine.sessions.person());
  }

  async linkAsked(): Promise<LinkAskView | null> {
    const view = await this.engine.linkAsking.look();
    if (view?.state === 'linked') await this.after(Promise.resolve());
    return view;
  }

  compareLink(same: boolean): Promise<LinkAskView | null> {
    return this.engine.linkAsking.compared(same);
  }

  cancelLink(): Promise<void> {
    return this.engine.linkAsking.cancel();
  }

  askPost(): Promise<LinkAskView> {
    return this.engine.postAsking.ask();
  }

  async postAsked(): Promise<LinkAskView | null> {
    const view = await this.engine.postAsking.look();
    if (view?.state !== 'linked') return view;
    // Open again after its lease was over: what was refused meanwhile is signed anew.
    await this.after(this.engine.outbox.unsign());
    // Whose it is was told before their teams and names were here.
    this.engine.ground.changes.tell({ what: 'session' });
    return view;
  }

  comparePost(same: boolean): Promise<LinkAskView | null> {
    return this.engine.postAsking.compared(same);
  }

  async endPosts(): Promise<void> {
    this.engine.vault.mustBeOwn();
    // The sessions first: what stands on their screens goes at once.
    await this.engine.waysIn.endPosts();
    await this.engine.devices.endPosts();
  }

  openLink(text: string): Promise<LinkOfferView> {
    return this.engine.linkGranting.open(text);
  }

  linkOffered(): Promise<LinkOfferView | null> {
    return this.engine.linkGranting.look();
  }

  grantLink(): Promise<void> {
    return this.engine.linkGranting.grant();
  }

  refuseLink(): Promise<void> {
    return this.engine.linkGranting.refuse();
  }

  devices(): Promise<readonly DeviceView[]> {
    return this.engine.devices.all();
  }

  nameDevice(device: DeviceId, name: string): Promise<void> {
    return this.engine.deviceNames.name(device, name);
  }

  revocation(device: DeviceId, since: number | null): Promise<RevocationView> {
    return this.engine.devices.revocations.preview(device, since);
  }

  revokeDevice(device: DeviceId, since: number | null = null): Promise<void> {
    return this.engine.devices.revocations.revoke(device, since);
  }

  deviceNotices(): Promise<readonly DeviceNoticeView[]> {
    return this.engine.devices.notices.all();
  }

  deviceNoticesSeen(n: number): Promise<void> {
    return this.engine.devices.notices.seen(n);
  }

  protected async after(work: Promise<void>): Promise<SessionView> {
    await work;
    await this.engine.connection.open();
    return this.session();
  }
}
