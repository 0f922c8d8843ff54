/** Everybody who is on stage, and their teams, found by name: what plays refer to. */
import type { MemberId } from '@liaison/contract/ids';
import type { Player } from './cast.js';

export class Company {
  constructor(
    /** By national identifier, or the sample's key of those who have none. */
    private readonly players: ReadonlyMap<string, Player>,
    private readonly teams: ReadonlyMap<string, MemberId>,
  ) {}

  player(id: string): Player {
    const found = this.players.get(id);
    if (found === undefined) throw new Error(`${id} is not on stage.`);
    return found;
  }

  team(name: string): MemberId {
    const found = this.teams.get(name);
    if (found === undefined) throw new Error(`There is no team named ${name}.`);
    return found;
  }

  everybody(): Player[] {
    return [...this.players.values()];
  }
}

/** Those who speak in the plays. */
export const CAST = {
  nurse: '899970000016',
  cardiologist: '899970000024',
  gp: '899970000032',
  secondGp: '899970000040',
  homeNurse: '899970000057',
  otherHomeNurse: '899970000081',
  pharmacist: '899970000107',
} as const;
