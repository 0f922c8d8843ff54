/**
 * The part of the SDK's door that is about addressees without an account (face.absent.ts). As the
 * rest of the door it decides nothing.
 */
import type { HandOver } from '@liaison/contract/absentee';
import type { GuestToken } from '@liaison/contract/guest';
import type { CircleId, MemberId, Uuid } from '@liaison/contract/ids';
import type { AbsentFace } from './face.absent.js';
import type { NewAbsentee } from './face.js';
import { TemplatesDoor } from './liaison.templates.js';

export abstract class AbsentDoor extends TemplatesDoor implements AbsentFace {
  awaitSomebody(id: CircleId, somebody: NewAbsentee, due: number): Promise<void> {
    return this.engine.absentees.awaitSomebody(id, somebody, due);
  }

  handOver(id: CircleId, absentee: Uuid, said: HandOver): Promise<void> {
    return this.engine.absentees.handOver(id, absentee, said);
  }

  inviteAbsentee(id: CircleId, absentee: Uuid): Promise<void> {
    return this.engine.absentees.inviteAgain(id, absentee);
  }

  admitFor(id: CircleId, absentee: Uuid, to: MemberId): Promise<void> {
    return this.engine.absentees.admit(id, absentee, to);
  }

  arriveAsGuest(token: GuestToken): Promise<void> {
    return this.engine.guests.arrive(token);
  }
}
