/**
 * Handoffs on the append path of a real PostgreSQL: the rules of the room, its rows and sweeper put
 * together by hand, and handoffs in any phase made by the entries that lead there.
 */
import type { AddresseePhase, HandoffPhase } from '@liaison/contract/handoff-state';
import type { CircleId, MemberId } from '@liaison/contract/ids';
import { personMember, ZERO_HASH } from '@liaison/contract/ids';
import type { NewItem } from '@liaison/contract/item';
import { circleIdHashed } from '@liaison/contract/signing';
import { hash } from '../../sdk/crypto/hash.js';
import { randomBytes, randomText } from '../../sdk/crypto/random.js';
import { DeadlineRows } from '../../src/handoffs/deadline.rows.js';
import { EmptiedTeams } from '../../src/handoffs/emptied.teams.js';
import { HandoffCalls } from '../../src/handoffs/handoff.calls.js';
import { HandoffRows } from '../../src/handoffs/handoff.rows.js';
import { HandoffRule } from '../../src/handoffs/handoff.rule.js';
import { HandoffSweeper } from '../../src/handoffs/handoff.sweeper.js';
import { Holders } from '../../src/handoffs/holders.js';
import { ItemCalls } from '../../src/handoffs/item.calls.js';
import { LeavingRule } from '../../src/handoffs/leaving.rule.js';
import { TaskRows } from '../../src/handoffs/task.rows.js';
import { TaskRule } from '../../src/handoffs/task.rule.js';
import { chainAfter, Writer } from './circle.writer.js';
import { CirclesStage } from './circles.stage.js';

const POLICY = { retentionDays: null, epochMaxAgeDays: 365, epochMaxItems: 100_000 };
export const FAR = Date.UTC(2200, 0, 1);

/** Where a handoff stands, and where its first addressee does. */
export interface Situation {
  readonly phase: HandoffPhase;
  readonly addressee: AddresseePhase | null;
  /** Whether somebody without an account is awaited as well. */
  readonly isAwaiting?: boolean;
}

const ABSENTEE = '01900000-0000-7000-8000-000000000001';

const sent = (addressee: AddresseePhase): Situation => ({ phase: 'sent', addressee });

export const SITUATIONS: readonly Situation[] = [
  { phase: 'draft', addressee: null },
  sent('offered'),
  sent('accepted'),
  sent('declined'),
  sent('done'),
  sent('reassigned'),
  { ...sent('offered'), isAwaiting: true },
  { phase: 'closed', addressee: 'offered' },
  { phase: 'cancelled', addressee: 'offered' },
  { phase: 'recalled', addressee: 'offered' },
  { phase: 'superseded', addressee: 'offered' },
];

export interface Handoff {
  readonly circle: CircleId;
  readonly file: CircleId;
}

export class HandoffsStage {
  readonly deadlines = new DeadlineRows();
  readonly rows: HandoffRows;
  readonly holders: Holders;
  readonly calls: HandoffCalls;

  private constructor(
    readonly circles: CirclesStage,
    readonly sender: Writer,
    readonly addressee: Writer,
    readonly other: Writer,
    readonly community: CircleId,
  ) {
    const { server, database } = circles;
    this.rows = new HandoffRows(database, this.deadlines);
    this.holders = new Holders(database, server.members);
    this.calls = new HandoffCalls(server.members, server.outbox, this.holders);
    server.rules.register(new HandoffRule(this.rows, this.calls));
    const tasks = new TaskRows(this.deadlines);
    const emptied = new EmptiedTeams(this.calls, server.members);
    server.rules.register(new TaskRule(tasks, new ItemCalls(this.rows, this.calls)));
    server.rules.register(this.holders);
    server.rules.register(new LeavingRule(this.rows, tasks, this.calls, emptied));
  }

  static async open(): Promise<HandoffsStage> {
    const circles = await CirclesStage.open();
    const sender = await Writer.enrol(circles);
    const addressee = await Writer.enrol(circles);
    const other = await Writer.enrol(circles);
    const { circle } = await sender.create('community', null, [addressee, other]);
    return new HandoffsStage(circles, sender, addressee, other, circle);
  }

  close(): Promise<void> {
    return this.circles.close();
  }

  sweeper(calls: HandoffCalls = this.calls): HandoffSweeper {
    const { server, database } = this.circles;
    const { deadlines, rows } = this;
    return new HandoffSweeper(database, server.outbox, deadlines, rows, calls, server.members);
  }

  memberOf = (writer: Writer): MemberId => personMember(writer.person);

  /** The two circles of a handoff, nothing offered yet. */
  async drafted(): Promise<Handoff> {
    const { sender, addressee, other } = this;
    const file = (await sender.create('file', this.community, [addressee, other])).circle;
    const recipients = await Promise.all([sender, addressee, other].map((one) => one.recipient()));
    const members = recipients.map(({ pin }, i) =>
      sender.spec(pin.member, { role: i === 0 ? 'admin' : 'writer' }),
    );
    const created = await sender.item('', 'circle.created', {
      community: this.community,
      kind: 'handoff',
      salt: randomText(),
      finess: null,
      nameHash: null,
      stewards: [],
      members,
      policy: POLICY,
      linked: file,
    });
    const circle = hash(circleIdHashed(created.text)) as string as CircleId;
    const head = { k: 0, h: chainAfter(ZERO_HASH, 0, created) };
    const { facts, copies } = sender.epoch(circle, 1, 'first', recipients, head);
    const heads = { circle, seen: head, members: head };
    const opened = await sender.item('', 'epoch.opened', facts, heads);
    await sender.submit(created, { ...opened, copies });
    return { circle, file };
  }

  /** A step as an entry of somebody, sealed words and all. */
  step(
    by: Writer,
    { circle }: Handoff,
    kind: string,
    facts: Record<string, unknown>,
  ): Promise<NewItem> {
    return by.item(circle, kind, facts, { body: randomBytes(600), critical: true });
  }

  /** Facts that fit the kind: `from` is the addressee, who would be replaced by the other. */
  factsOf(kind: string, { file }: Handoff, due = FAR): Record<string, unknown> {
    const [from, to] = [this.memberOf(this.addressee), this.memberOf(this.other)];
    const facts: Record<string, Record<string, unknown>> = {
      'handoff.offered': {
        file,
        addressees: [from],
        urgency: 'same-day',
        due,
        supersedes: null,
      },
      'handoff.asked': {
        kind: 'unscheduled-care',
        template: null,
        file,
        waves: [{ opensAt: 0, due, members: [from] }],
        urgency: 'same-day',
        supersedes: null,
      },
      'handoff.accepted': { addressee: from },
      'handoff.declined': { addressee: from, reason: 'absent' },
      'handoff.done': { addressee: from },
      'handoff.reassigned': { from, to, due },
      'handoff.awaited': { absentee: ABSENTEE, due },
      'handoff.handed-over': { absentee: ABSENTEE },
      'handoff.admitted': { absentee: ABSENTEE, to, due },
      'handoff.closed': {},
      'handoff.cancelled': { reason: 'postponed' },
      'handoff.recalled': { reason: 'wrong-patient' },
      'handoff.superseded': { by: file },
    };
    return facts[kind] ?? {};
  }

  async do(by: Writer, handoff: Handoff, kind: string, due = FAR): Promise<void> {
    await by.submit(await this.step(by, handoff, kind, this.factsOf(kind, handoff, due)));
  }

  async offered(due = FAR): Promise<Handoff> {
    const handoff = await this.drafted();
    await this.do(this.sender, handoff, 'handoff.offered', due);
    return handoff;
  }

  async in({ phase, addressee, isAwaiting }: Situation): Promise<Handoff> {
    if (phase === 'draft') return this.drafted();
    const handoff = await this.offered();
    const { sender, addressee: asked } = this;
    if (addressee === 'accepted' || addressee === 'done') {
      await this.do(asked, handoff, 'handoff.accepted');
    }
    if (addressee === 'done') await this.do(asked, handoff, 'handoff.done');
    if (addressee === 'declined') await this.do(asked, handoff, 'handoff.declined');
    if (addressee === 'reassigned') await this.do(sender, handoff, 'handoff.reassigned');
    if (isAwaiting === true) await this.do(sender, handoff, 'handoff.awaited');
    if (phase !== 'sent') await this.do(sender, handoff, `handoff.${phase}`);
    return handoff;
  }

  /** Everything that the server keeps of a handoff, to see that nothing moved. */
  async kept({ circle, file }: Handoff): Promise<unknown> {
    const { database } = this.circles;
    const ask = (sql: string) => database.query(sql, [circle]);
    return {
      head: await this.circles.head(circle),
      file: await this.circles.head(file),
      row: await ask('SELECT phase, state FROM handoffs WHERE circle_id = $1'),
      addressees: await ask(
        'SELECT * FROM handoff_addressees WHERE circle_id = $1 ORDER BY member_id',
      ),
      events: await ask(`SELECT count(*)::int AS n FROM outbox WHERE payload ->> 'circle' = $1`),
    };
  }
}
