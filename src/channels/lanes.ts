/**
 * How far people received and read: signed by their devices, kept as the last word, shown where a
 * circle's kind shows it. In a handoff the sender is woken; elsewhere a reader disturbs nobody.
 */
import { fromBase64Url } from '@liaison/contract/bytes';
import { parseCanonical } from '@liaison/contract/encoding';
import { Problem } from '@liaison/contract/errors';
import type { CircleId, Origin, PersonId } from '@liaison/contract/ids';
import { LaneStatement, type WireLane } from '@liaison/contract/lane';
import { LIMITS } from '@liaison/contract/limits';
import { laneSigned } from '@liaison/contract/signing';
import { Injectable } from '@nestjs/common';
import { CircleMembers } from '../circles/circle.members.js';
import { IdentityLogs } from '../devices/identity.logs.js';
import type { IdentityView } from '../devices/identity.view.js';
import { checkSigner, signerKeyIn } from '../devices/leases.js';
import { Committed } from '../events/committed.js';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { verifyStrictAside } from '../platform/signatures/ed25519.js';
import { LaneRows, type LaneWord } from './lane.rows.js';

/** Kinds of circle in which members see each other's receipts, and the sender is told of them. */
const SHOWN = new Set(['handoff', 'file']);

@Injectable()
export class Lanes {
  constructor(
    private readonly database: Database,
    private readonly rows: LaneRows,
    private readonly members: CircleMembers,
    private readonly logs: IdentityLogs,
    private readonly committed: Committed,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Takes signed words of the caller; those that move nothing forward change nothing. */
  async put(person: PersonId, lanes: readonly WireLane[]): Promise<number> {
    const view = await this.logs.view(this.database, person);
    if (view === null) throw new Problem('device_unknown');
    const words = await Promise.all(lanes.map((lane) => this.read(person, view, lane)));
    const circles = words.map(({ circle }) => circle);
    const readable = await this.rows.readable(person, circles, this.clock.now());
    if (circles.some((circle) => !readable.has(circle))) throw new Problem('circle_unknown');
    const furthest = lastWords(words);
    if (!(await this.rows.areTrue(furthest))) throw new Problem('head_unknown');
    const moved = await this.rows.put(person, furthest);
    await Promise.all([...new Set(moved)].map((circle) => this.wake(circle, person)));
    return words.length;
  }

  async of(person: PersonId, circle: CircleId): Promise<WireLane[]> {
    await this.members.mustRead(person, circle);
    const shown = SHOWN.has((await this.rows.kindOf(circle)) ?? '');
    return this.rows.of(circle, shown ? null : person);
  }

  private async read(person: PersonId, view: IdentityView, wire: WireLane): Promise<LaneWord> {
    const statement = parseLane(wire.text);
    if (statement.origin !== this.config.publicOrigin) throw new Problem('origin_mismatch');
    if (statement.person !== person) throw new Problem('not_allowed', 'another person');
    if (statement.at > this.clock.now() + LIMITS.clockSkewMs.value) throw new Problem('clock_skew');
    checkSigner(view, statement, this.clock.now());
    const key = fromBase64Url(signerKeyIn(view, statement) ?? '');
    const said = laneSigned(this.config.publicOrigin as Origin, wire.text);
    const right = await verifyStrictAside(key, said, fromBase64Url(wire.signature));
    if (!right) throw new Problem('signature_invalid');
    const { circle, lane, upTo } = statement;
    return { circle, person, lane, ...upTo, wire };
  }

  /** Whoever sent a handoff manages its circles: they wait for these receipts. */
  private async wake(circle: CircleId, reader: PersonId): Promise<void> {
    if (!SHOWN.has((await this.rows.kindOf(circle)) ?? '')) return;
    const senders = await this.members.adminsOf(circle);
    const people = await this.members.peopleBehind(this.database, senders);
    const others = people.filter((person) => person !== reader);
    if (others.length === 0) return;
    this.committed.publish({ event: 'lanes', payload: { circle }, people: others });
  }
}

function parseLane(text: string): LaneStatement {
  let value: unknown;
  try {
    value = parseCanonical(text);
  } catch (error) {
    throw error instanceof TypeError ? new Problem('request_invalid', 'lane') : error;
  }
  const parsed = LaneStatement.safeParse(value);
  if (!parsed.success) throw new Problem('request_invalid', 'lane');
  return parsed.data;
}

/** The furthest word for each circle and lane: PostgreSQL updates a row once in a statement. */
function lastWords(words: readonly LaneWord[]): LaneWord[] {
  const last = new Map<string, LaneWord>();
  for (const word of words) {
    const name = `${word.circle} ${word.lane}`;
    const before = last.get(name);
    if (before === undefined || before.k < word.k) last.set(name, word);
  }
  return [...last.values()];
}
