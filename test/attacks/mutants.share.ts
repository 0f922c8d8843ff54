/**
 * One worker's share of the checks, taken out one by one on a World of its own. Each verdict is
 * kept at once in a file of its own: a run that was ended goes on where it was.
 */
import { expect } from '@jest/globals';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { ATTACKS } from './all.attacks.js';
import type { Attack } from './attack.js';
import { type Check, type Place, type Seen, tryWithout } from './check.trial.js';
import { Stage } from './stage.js';

const ROOT = join(import.meta.dirname, '../..');

/** An attack that takes longer than this is not caught any more: its oracle waits for ever. */
const PATIENCE_MS = 60_000;

interface Waiting extends Check {
  /** Where its verdict is kept. */
  readonly result: string;
  /** Under what it was found, or is to be. */
  readonly hash: string;
}

interface Register {
  readonly SEEN: string;
  readonly waiting: (share: number, of: number) => readonly Waiting[];
}

const { SEEN, waiting } = createRequire(import.meta.url)('./mutants.register.cjs') as Register;

class OneStage implements Place {
  private constructor(private stage: Stage) {}

  static async open(): Promise<OneStage> {
    return new OneStage(await Stage.open());
  }

  async play({ run }: Attack): Promise<string | null> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tired = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), PATIENCE_MS);
    });
    try {
      return await Promise.race([run(this.stage), tired]);
    } catch {
      // Whatever broke in it, the oracle did not hold.
      return null;
    } finally {
      clearTimeout(timer);
      await this.stage.endCase();
    }
  }

  async renew(): Promise<void> {
    await this.close();
    this.stage = await Stage.open();
  }

  close(): Promise<void> {
    return this.stage.close();
  }
}

const Rows = z.array(
  z.object({ id: z.string(), shown: z.string().nullable(), fired: z.array(z.string()) }),
);

function seenBefore(): Seen[] {
  const rows = new Map(
    Rows.parse(JSON.parse(readFileSync(SEEN, 'utf8'))).map((row) => [row.id, row]),
  );
  return ATTACKS.flatMap((attack) => {
    const row = rows.get(attack.id);
    return row?.shown ? [{ attack, shown: row.shown, fired: row.fired }] : [];
  });
}

/** Every `of`-th check, from the `share`-th on, that is not known to be noticed. */
export async function playShare(share: number, of: number): Promise<void> {
  mkdirSync(join(ROOT, '.cache/mutants'), { recursive: true });
  const seen = seenBefore();
  const mine = waiting(share, of);
  if (mine.length === 0) return;
  const place = await OneStage.open();
  try {
    for (const { id, code, hash, result } of mine) {
      const verdict = await tryWithout({ id, code }, seen, place);
      writeFileSync(result, `${JSON.stringify({ ...verdict, hash })}\n`);
    }
  } finally {
    await place.close();
  }
  expect(seen.length).toBeGreaterThan(0);
}
