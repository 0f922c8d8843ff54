/**
 * Takes the client's checks out one by one, in one process and on one World, and plays attacks
 * until one is taken in: first those that show the check's own code, then all others. A check
 * without which every attack is still caught is a survivor. What each attack shows while all checks
 * stand was written down by the run before this one.
 */
import { expect, test } from '@jest/globals';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { ATTACKS } from './all.attacks.js';
import type { Attack } from './attack.js';
import { Stage } from './stage.js';

const ROOT = join(import.meta.dirname, '../..');
const SHOWN = join(ROOT, '.cache/attacks.json');
const RESULTS = join(ROOT, '.cache/mutants.json');
const PROGRESS = join(ROOT, '.cache/mutants.log');

/** An attack that takes longer than this is not caught any more: its oracle waits for ever. */
const PATIENCE_MS = 60_000;

/** Checks that answer by another word than their own. */
const SHOWN_AS: Readonly<Record<string, string>> = {
  'lender-ended': 'lease_over',
  'lender-not-durable': 'lease_over',
  'lease-too-long': 'lease_over',
  'lease-key-moved': 'lease_over',
  'lease-not-now': 'lease_over',
  'lease-of-another': 'device-unknown',
  'lease-ahead': 'device-unknown',
  'lease-fork': 'device-unknown',
  'lender-unknown': 'device-unknown',
  'lease-signature': 'device-unknown',
  'not-carried': 'copy-not-carried',
  'not-opened': 'keys',
  commitment: 'keys',
  'public-key': 'keys',
  'not-pinned': 'server',
};

/**
 * Checks that stand twice, such as laws that the server runs too and a client meets by a check of
 * its own before: one is taken out with the other, since either alone still catches the liar.
 */
const TWINS: Readonly<Record<string, readonly string[]>> = {
  'contract/identity-rules.ts#signer-not-live': ['sdk/logs/identity-log.ts#signer-not-live'],
  'contract/circle-rules.ts#item_invalid': ['sdk/logs/circle-log.ts#circle-id'],
  'contract/circle-rules.ts#head_unknown': ['sdk/logs/circle-log.ts#fork'],
  'contract/circle-rules.ts#item_invalid.2': ['contract/item-rules.ts#item_invalid.2'],
  'contract/epoch-rules.ts#copies_mismatch': ['contract/circle-rules.ts#copies_mismatch'],
  // One secret gives both: a dud is found by either.
  'sdk/logs/epoch-copies.ts#commitment': ['sdk/logs/epoch-copies.ts#public-key'],
};

interface Check {
  readonly id: string;
  readonly code: string;
}

interface Row extends Check {
  /** The attack that was taken in without the check; null where all were still caught. */
  readonly killedBy: string | null;
  /** Attacks that show its code while it stands. */
  readonly attacks: number;
}

const Rules = z.object({ CHECKED: z.array(z.string()), checksIn: z.function() });
const { CHECKED, checksIn } = Rules.parse(
  createRequire(import.meta.url)('./mutant.transform.cjs'),
) as unknown as {
  readonly CHECKED: readonly string[];
  readonly checksIn: (file: string, source: string) => readonly Check[];
};

const switches = globalThis as { liaisonOff?: readonly string[] };
let stage: Stage;

/** What the client showed; null where it was taken in. */
async function play({ run }: Attack): Promise<string | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tired = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  try {
    return await Promise.race([run(stage), tired]);
  } catch {
    // Whatever broke in it, the oracle did not hold.
    return null;
  } finally {
    clearTimeout(timer);
    await stage.endCase();
  }
}

async function withoutCheck<T>(id: string, work: () => Promise<T>): Promise<T> {
  switches.liaisonOff = [id, ...(TWINS[id] ?? [])];
  try {
    return await work();
  } finally {
    delete switches.liaisonOff;
  }
}

/** A new World where an attack that was taken in left its marks. */
async function clean(attack: Attack): Promise<boolean> {
  if ((await play(attack)) !== null) return true;
  await stage.close();
  stage = await Stage.open();
  return false;
}

async function isTakenIn(id: string, attack: Attack): Promise<boolean> {
  if ((await withoutCheck(id, () => play(attack))) !== null) return false;
  if (await clean(attack)) return true;
  // Was it the check, or what an earlier attack had left behind?
  const again = (await withoutCheck(id, () => play(attack))) === null;
  if (again) await clean(attack);
  return again;
}

async function killer(id: string, attacks: readonly Attack[]): Promise<string | null> {
  for (const attack of attacks) if (await isTakenIn(id, attack)) return attack.id;
  return null;
}

/** Attacks in which a client showed that very code, or what it answers by. */
function showing(shown: ReadonlyMap<Attack, string>, code: string): Attack[] {
  const shows = new RegExp(`(^|[ -])(${code}|${SHOWN_AS[code] ?? code})($|[ ;])`);
  return [...shown].flatMap(([attack, text]) => (shows.test(text) ? [attack] : []));
}

const Shown = z.array(z.object({ id: z.string(), shown: z.string().nullable() }));

function shownBefore(): ReadonlyMap<Attack, string> {
  const rows = Shown.parse(JSON.parse(readFileSync(SHOWN, 'utf8')));
  const texts = new Map(rows.map(({ id, shown }) => [id, shown]));
  return new Map(
    ATTACKS.flatMap((attack) => {
      const text = texts.get(attack.id) ?? null;
      return text === null ? [] : [[attack, text] as const];
    }),
  );
}

function note(row: Row): void {
  const { id, killedBy, attacks } = row;
  const said = killedBy === null ? (attacks > 0 ? 'SURVIVED' : 'NO ATTACK') : `by ${killedBy}`;
  appendFileSync(PROGRESS, `${id}  ${said}\n`);
}

test('no check can be taken out unnoticed', async () => {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  rmSync(PROGRESS, { force: true });
  stage = await Stage.open();
  const shown = shownBefore();
  const rows: Row[] = [];
  const only = process.env['LIAISON_CHECK'] ?? '';
  for (const file of CHECKED) {
    for (const { id, code } of checksIn(file, readFileSync(join(ROOT, file), 'utf8'))) {
      if (!id.includes(only)) continue;
      const near = showing(shown, code);
      const rest = [...shown.keys()].filter((attack) => !near.includes(attack));
      const isSurvey = process.env['LIAISON_SURVEY'] !== undefined;
      const killedBy = (await killer(id, near)) ?? (isSurvey ? null : await killer(id, rest));
      rows.push({ id, code, killedBy, attacks: near.length });
      note({ id, code, killedBy, attacks: near.length });
      writeFileSync(RESULTS, `${JSON.stringify(rows, null, 1)}\n`);
    }
  }
  await stage.close();
  expect(rows.filter(({ killedBy }) => killedBy === null)).toEqual([]);
}, 7_200_000);
