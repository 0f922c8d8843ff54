/**
 * What the browser stories share: one world, its people by SDK, and those who come by browser. One
 * world and one browser for all of them, because starting both costs more than most stories.
 */
import type { TeamCategory } from '@liaison/contract/community';
import { type PersonId, teamMember } from '@liaison/contract/ids';
import { type People, type Player, World } from '../support/world.js';
import { Stage, type Visitor, type VisitorOptions } from './chromium.stage.js';
import { setUp, signIn } from './way-in.js';

/** Colleagues of the usual people: each comes by browser and is let into their team. */
const BY_BROWSER = {
  nurse: { idnps: '899970000164', name: 'GARNIER', colleague: 'nurse' },
  cardiologist: { idnps: '899970000024', name: 'MARCHAND', colleague: 'nurse' },
  gp: { idnps: '899970000040', name: 'NGUYEN', colleague: 'gp' },
  idel: { idnps: '899970000065', name: 'DUPUIS', colleague: 'idel' },
  pharmacist: { idnps: '899970000115', name: 'HADDAD', colleague: 'pharmacist' },
} as const;

export type Role = keyof typeof BY_BROWSER;

export class Scene {
  readonly faults: string[] = [];
  readonly visitors = {} as Record<Role, Visitor>;
  /** What each would have on paper. */
  readonly words = {} as Record<Role, readonly string[]>;

  private constructor(
    readonly world: World,
    readonly people: People,
    readonly stage: Stage,
  ) {}

  static async open(): Promise<Scene> {
    await Stage.build();
    const world = await World.open();
    const people = await world.people();
    const stage = await Stage.open(world.origin, new URL(world.emulator.issuer).origin);
    return new Scene(world, people, stage);
  }

  async close(): Promise<void> {
    await this.stage.close();
    await this.world.close();
  }

  note(faults: readonly string[]): void {
    this.faults.push(...faults);
  }

  async arrive(role: Role, options: VisitorOptions = {}): Promise<void> {
    const visitor = await this.stage.visitor(role, options);
    this.visitors[role] = visitor;
    await signIn(visitor, this.world.origin, BY_BROWSER[role].idnps);
    this.words[role] = await setUp(visitor, this.faults);
    await this.letIn(BY_BROWSER[role].name, this.people[BY_BROWSER[role].colleague]);
    await visitor.page.reload();
    await visitor.page.getByRole('heading', { name: 'Ce qui m’attend' }).waitFor();
    // The colleague named them; that it is their team, they say themselves.
    const joins = visitor.page.getByRole('button', { name: 'J’en fais partie' });
    await joins.click();
    await joins.waitFor({ state: 'hidden' });
  }

  /** The same person on another browser profile, which knows nothing yet. */
  async again(role: Role, options: VisitorOptions = {}): Promise<Visitor> {
    const visitor = await this.stage.visitor(`${role}, elsewhere`, options);
    await signIn(visitor, this.world.origin, BY_BROWSER[role].idnps);
    return visitor;
  }

  /** The coordinator admits somebody and a colleague lets them into the team. */
  async letIn(name: string, colleague: Player): Promise<PersonId> {
    const person = await personOf(this.people.coordinator, name);
    await this.people.coordinator.liaison.admit(person);
    await colleague.liaison.refresh();
    await colleague.liaison.addToTeam(colleague.teamId, person);
    return person;
  }

  /** One more team that can be asked, of somebody who has no browser here. */
  async openTeam(name: string, category: TeamCategory, idnps: string): Promise<Player> {
    const client = await this.world.device();
    const { person } = await this.world.signIn(client, idnps);
    await this.world.rehearse(client.liaison);
    if (person === null) throw new Error(`${name}: its professional has no identity.`);
    const { liaison } = this.people.coordinator;
    await liaison.admit(person);
    await client.liaison.sync();
    const teamId = await client.liaison.createTeam(name, null, category, 'Laon');
    await liaison.endorse(teamId, name, null, category);
    return { ...client, person, teamId, team: teamMember(teamId) };
  }

  async openPharmacy(name: string): Promise<void> {
    await this.openTeam(name, 'pharmacy', '899970000123');
  }
}

let open: Scene | null = null;

/** The scene that stands now. */
export function the(): Scene {
  if (open === null) throw new Error('No scene is open.');
  return open;
}

export async function openScene(): Promise<void> {
  open = await Scene.open();
}

async function personOf({ liaison }: Player, name: string): Promise<PersonId> {
  const hits = await liaison.searchDirectory(name);
  const member = hits.find(({ party }) => party?.type === 'person')?.party?.member;
  if (member === undefined) throw new Error(`${name} is not in the directory.`);
  return member.slice(2) as PersonId;
}
