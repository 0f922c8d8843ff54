/**
 * How lives begin. People who enrol one after the other on a network without faults do it in one
 * way only: so one gathering is played, a person at a time, and lives go on from what its server
 * and its devices held when it was as large as they need. A life whose beginning is rough, and one
 * of eight others, gathers by itself. Nothing that a life does reaches the gathering.
 */
import { ready } from '@liaison/sdk/crypto/sodium';
import type { Mode } from '../primitives/mode.js';
import { Tables } from '../rows/tables.js';
import type { DeskState } from '../server/sign-in.desk.js';
import type { Disk } from './device.js';
import type { Human } from './human.js';
import { Life } from './life.js';
import type { Plan } from './plan.js';

interface KeptHuman extends Omit<Human, 'devices'> {
  readonly disks: readonly Disk[];
}

/** What lasts of a gathering at one moment. */
export interface Beginning {
  readonly at: number;
  readonly tables: Tables;
  readonly desk: DeskState;
  readonly humans: readonly KeptHuman[];
}

const OWN_GATHERINGS = 8;

/** A person more joins; the gathering's own devices only ask, since nobody looks at them. */
const GATHERING: Omit<Plan, 'isCrowded'> = {
  ...{ seed: -1, people: 0, sockets: false, faults: 0, isRough: false, acts: [] },
};

class Gathering {
  readonly #life: Life;
  readonly #kept: Beginning[] = [];

  constructor(mode: Mode, isCrowded: boolean) {
    this.#life = new Life({ ...GATHERING, isCrowded }, mode, null);
  }

  async of(people: number): Promise<Beginning> {
    while (this.#kept.length < people) {
      this.#life.rule();
      await this.#life.enrol();
      this.#kept.push(this.#keep());
    }
    const found = this.#kept[people - 1];
    if (found === undefined) throw new Error('a life without anybody');
    return found;
  }

  #keep(): Beginning {
    const { server, time, humans } = this.#life;
    const tables = new Tables();
    tables.load(server.database.tables);
    const kept = humans.map(({ devices, ...human }) => {
      return { ...human, disks: devices.map(({ disk }) => disk.copy()) };
    });
    return { at: time.now(), tables, desk: server.desk.state(), humans: kept };
  }
}

const gatherings = new Map<string, Gathering>();

async function beginningOf({ people, isCrowded }: Plan, mode: Mode): Promise<Beginning> {
  const name = `${mode} ${String(isCrowded)}`;
  const gathering = gatherings.get(name) ?? new Gathering(mode, isCrowded);
  gatherings.set(name, gathering);
  return gathering.of(people);
}

export async function beginLife(plan: Plan, mode: Mode): Promise<Life> {
  await ready();
  const isOwn = (plan.isRough && plan.faults > 0) || plan.seed % OWN_GATHERINGS === 0;
  const beginning = isOwn ? null : await beginningOf(plan, mode);
  const life = new Life(plan, mode, beginning);
  if (beginning !== null) await life.wake(beginning);
  else await life.gather();
  life.network.faults = plan.faults;
  return life;
}
