/**
 * Templates of the person's teams, folded from each team's own log. A body that this device cannot
 * open stays listed with its reason; what the table does not allow changes nothing.
 */
import type { CircleId, EntryId, MemberId, Uuid } from '@liaison/contract/ids';
import { memberRef, teamMember } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import { Template } from '@liaison/contract/template';
import { type TemplateState, stepTemplate } from '@liaison/contract/template-rules';
import type { Bodies } from './circles/bodies.js';
import type { Book, Item } from './circles/circle.book.js';
import type { Library } from './circles/library.js';
import type { Directory } from './directory.js';
import type { TemplateView } from './face.templates.js';
import { Fault } from './fault.js';
import type { Self } from './self.js';
import type { EntryStep } from './sync/act.js';
import type { Outbox } from './sync/outbox.js';

export interface TemplateParts {
  readonly library: Library;
  readonly bodies: Bodies;
  readonly directory: Directory;
  readonly self: Self;
  readonly outbox: Outbox;
  readonly newId: () => EntryId;
}

interface Saved {
  readonly state: TemplateState;
  /** The entry that holds its last version. */
  readonly item: Item;
}

function foldTemplates(book: Book): Saved[] {
  const states = new Map<Uuid, TemplateState>();
  const saved = new Map<Uuid, Saved>();
  for (const item of book.items) {
    if (item.flaw !== null) continue;
    const state = stepTemplate(states, item.header);
    if (state === null) continue;
    states.set(state.template, state);
    if (state.phase === 'live') saved.set(state.template, { state, item });
    else saved.delete(state.template);
  }
  return [...saved.values()];
}

const nameOf = ({ template }: TemplateView): string =>
  template.state === 'open' ? template.value.name : '';

export class Templates {
  constructor(private readonly parts: TemplateParts) {}

  async all(): Promise<TemplateView[]> {
    const { self, library } = this.parts;
    const teams = await self.teams();
    const views = teams.map(async (team) => this.#of(team, await library.book(team)));
    const all = (await Promise.all(views)).flat();
    return all.sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  }

  async save(team: MemberId, template: Template, id?: Uuid): Promise<Uuid> {
    const circle = await this.#mine(team);
    const live = foldTemplates(await this.parts.library.book(circle));
    const isNew = !live.some(({ state }) => state.template === id);
    if (isNew && live.length >= LIMITS.templatesPerTeam.value) {
      throw new Fault('too-many-templates', 'the team has no room for another template');
    }
    const saved = id ?? (this.parts.newId() as string as Uuid);
    const body = Template.parse(template);
    await this.#submit(circle, 'template.saved', { template: saved }, body);
    return saved;
  }

  async retire(team: MemberId, id: Uuid): Promise<void> {
    const circle = await this.#mine(team);
    await this.#submit(circle, 'template.retired', { template: id }, { note: '' });
  }

  async #of(team: CircleId, book: Book): Promise<TemplateView[]> {
    const { directory, bodies } = this.parts;
    const party = await directory.party(teamMember(team));
    return Promise.all(
      foldTemplates(book).map(async ({ state, item }) => ({
        id: state.template,
        team: party,
        version: state.version,
        savedAt: item.header.at,
        savedBy: await directory.acting(item.header.author, item.header.as),
        template: await bodies.of<Template>(book, item),
      })),
    );
  }

  /** A team that the person made theirs: they write in its circle as themselves. */
  async #mine(team: MemberId): Promise<CircleId> {
    const ref = memberRef(team);
    const mine = await this.parts.self.teams();
    if (ref.type !== 'team' || !mine.includes(ref.team)) {
      throw new Fault('no-such-circle', 'templates belong to a team of yours');
    }
    return ref.team;
  }

  async #submit(
    circle: CircleId,
    kind: 'template.saved' | 'template.retired',
    facts: EntryStep['facts'],
    body: unknown,
  ): Promise<void> {
    const { outbox, self, newId } = this.parts;
    const step: EntryStep = { do: 'entry', circle, id: newId(), kind, facts, body };
    await outbox.submit({ id: newId(), lane: circle, as: self.member(), steps: [step] });
  }
}
