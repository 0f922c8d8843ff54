/**
 * The sealed names of a person's devices, and the hour in which each was last used. The server
 * keeps the box and never looks into it; a use is what the device itself says, and proves nothing.
 */
import {
  type DeviceNamesBox,
  DeviceNamesBox as Box,
  DeviceUse,
  USE_STEP_MS,
} from '@liaison/contract/device-names';
import { Problem } from '@liaison/contract/errors';
import type { DeviceId, PersonId } from '@liaison/contract/ids';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/database/database.js';

const BOX = 'SELECT revision, generation, sealed FROM device_names WHERE person_id = $1';

const USES = `
  SELECT device_id AS device, used_at AS "usedAt" FROM devices
   WHERE person_id = $1 AND used_at IS NOT NULL`;

/** Written once an hour and never back: a device that is ended is not in use. */
const NOTE_USE = `
  UPDATE devices SET used_at = $3
   WHERE person_id = $1 AND device_id = $2 AND revoked_n IS NULL
     AND (used_at IS NULL OR used_at < $3)`;

const FIRST = `
  INSERT INTO device_names (person_id, revision, generation, sealed) VALUES ($1, $2, $3, $4)
  ON CONFLICT DO NOTHING RETURNING revision`;

const NEXT = `
  UPDATE device_names SET revision = $2, generation = $3, sealed = $4
   WHERE person_id = $1 AND revision = $2 - 1 RETURNING revision`;

@Injectable()
export class DeviceNames {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async noteUse(person: PersonId, device: DeviceId): Promise<void> {
    const now = this.clock.now();
    await this.database.query(NOTE_USE, [person, device, now - (now % USE_STEP_MS)]);
  }

  async of(person: PersonId) {
    const [box] = await this.database.query(BOX, [person]);
    const uses = await this.database.query(USES, [person]);
    return {
      names: box === undefined ? null : Box.parse(box),
      uses: uses.map((use) => DeviceUse.parse(use)),
    };
  }

  /** Two devices that name at once: the second reads what the first said, and says it again. */
  async put(person: PersonId, { revision, generation, sealed }: DeviceNamesBox): Promise<void> {
    const sql = revision === 1 ? FIRST : NEXT;
    const taken = await this.database.query(sql, [person, revision, generation, sealed]);
    if (taken.length === 0) throw new Problem('device_names_moved');
  }
}
