/**
 * The part of the SDK's door that is about people in groups (face.groups.ts). As the rest of the
 * door it decides nothing: each call goes to the room that it belongs to.
 */
import type { MemberRole } from '@liaison/contract/circle';
import type { TeamCategory } from '@liaison/contract/community';
import { type CircleId, type MemberId, type PersonId, personMember } from '@liaison/contract/ids';
import type { AdmissionView, DisputeView, GroupsFace, History, MemberView } from './face.groups.js';
import type { PartyView, PersonView } from './face.js';
import { RecoveryDoor } from './liaison.recovery.js';

export abstract class GroupsDoor extends RecoveryDoor implements GroupsFace {
  teams(): Promise<readonly PartyView[]> {
    return this.engine.rooms.teams();
  }

  admissions(): Promise<readonly AdmissionView[]> {
    return this.engine.rooms.admissions();
  }

  join(circle: CircleId): Promise<void> {
    return this.engine.rooms.join(circle);
  }

  communityTeams(): Promise<readonly PartyView[]> {
    return this.engine.directory.communityTeams();
  }

  teamMembers(team: CircleId): Promise<readonly PersonView[]> {
    return this.engine.rooms.teamMembers(team);
  }

  createTeam(
    name: string,
    finess: string | null,
    category: TeamCategory,
    town: string,
  ): Promise<CircleId> {
    return this.engine.rooms.createTeam(name, finess, category, town);
  }

  addToTeam(team: CircleId, person: PersonId, history: History = 'all'): Promise<void> {
    return this.engine.groups.add(team, [personMember(person)], 'admin', history);
  }

  removeFromTeam(team: CircleId, person: PersonId): Promise<void> {
    return this.engine.groups.remove(team, personMember(person));
  }

  members(circle: CircleId): Promise<readonly MemberView[]> {
    return this.engine.groups.members(circle);
  }

  addMembers(
    circle: CircleId,
    members: readonly MemberId[],
    history: History = 'all',
  ): Promise<void> {
    return this.engine.groups.add(circle, members, 'writer', history);
  }

  removeMember(circle: CircleId, member: MemberId): Promise<void> {
    return this.engine.groups.remove(circle, member);
  }

  disputes(circle: CircleId): Promise<readonly DisputeView[]> {
    return this.engine.disputes.of(circle);
  }

  reseal(circle: CircleId, members: readonly MemberId[]): Promise<void> {
    return this.engine.groups.reseal(circle, members);
  }

  changeRole(circle: CircleId, member: MemberId, role: MemberRole): Promise<void> {
    return this.engine.groups.changeRole(circle, member, role);
  }

  leave(circle: CircleId): Promise<void> {
    return this.engine.groups.leave(circle);
  }

  createCommunity(name: string, finess: string | null, town: string): Promise<CircleId> {
    return this.engine.rooms.createCommunity(name, finess, town);
  }

  admit(...people: readonly PersonId[]): Promise<void> {
    return this.engine.rooms.admit(people);
  }

  endorse(
    team: CircleId,
    name: string,
    finess: string | null,
    category: TeamCategory,
  ): Promise<void> {
    return this.engine.rooms.endorse(team, name, finess, category);
  }
}
