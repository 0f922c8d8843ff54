/**
 * `npm run bench`: runs each benchmark against its floor on this machine, prints a table, and with
 * `--out FILE` writes the figures as JSON. `--only NAME` runs one of them. Of a race, `--offers N`
 * says how many, `--minutes N` how long at most, `--people N` among how many. Everything it starts
 * listens on loopback and is ended.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Figure, table } from './figure.js';
import { appends } from './appends.bench.js';
import { deliveries } from './deliveries.bench.js';
import { directory } from './directory.bench.js';
import { interruptions } from './interruptions.bench.js';
import { members } from './members.bench.js';
import { opening } from './opening.bench.js';
import { type Bound, PEOPLE, race } from './race.bench.js';
import { verification } from './verification.bench.js';

const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  appends,
  deliveries,
  opening,
  members,
  verification,
  directory,
  interruptions,
  race: () => race(bound()),
};

/** A whole race takes its time: beside other benchmarks it is a short one. */
const OFFERS = { alone: 10_000, beside: 500 };

function bound(): Bound {
  const usual = values.only === 'race' ? OFFERS.alone : OFFERS.beside;
  const { offers = usual, minutes = Infinity, people = PEOPLE } = values;
  return { offers: Number(offers), forMs: Number(minutes) * 60_000, people: Number(people) };
}

function chosen(only: string | undefined): string[] {
  const names = Object.keys(BENCHES);
  if (only === undefined) return names;
  if (names.includes(only)) return [only];
  throw new Error(`There is no benchmark "${only}"; there are ${names.join(', ')}.`);
}

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    only: { type: 'string' },
    offers: { type: 'string' },
    minutes: { type: 'string' },
    people: { type: 'string' },
  },
});
const figures: Figure[] = [];
for (const name of chosen(values.only)) {
  const started = performance.now();
  figures.push(...((await BENCHES[name]?.()) ?? []));
  console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
console.log(`\n${table(figures)}`);
if (values.out !== undefined) {
  writeFileSync(values.out, `${JSON.stringify(Figure.array().parse(figures), null, 2)}\n`);
}
