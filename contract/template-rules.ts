/**
 * The life of a team's templates as data, folded by every client. The server takes these entries as
 * it takes messages: nothing of its own hangs on them, so it keeps no row. A version is counted,
 * never claimed: two colleagues who save at once make two versions, and neither is refused.
 */
import type { Uuid } from './ids.js';
import type { ItemHeader } from './item.js';
import { LIMITS } from './limits.js';
import { TEMPLATE_KINDS } from './template.js';

export type TemplateKind = keyof typeof TEMPLATE_KINDS;
export type TemplatePhase = 'live' | 'retired';

export interface TemplateState {
  readonly template: Uuid;
  readonly phase: TemplatePhase;
  /** How often it was saved. */
  readonly version: number;
}

interface TemplateStep {
  readonly from: readonly (TemplatePhase | 'none')[];
  readonly to: TemplatePhase;
}

/** One that was retired comes back by being saved again. */
export const TEMPLATE_STEPS: Readonly<Record<TemplateKind, TemplateStep>> = {
  'template.saved': { from: ['none', 'live', 'retired'], to: 'live' },
  'template.retired': { from: ['live'], to: 'retired' },
};

type Templates = ReadonlyMap<Uuid, TemplateState>;

export function isTemplateStep(kind: string): kind is TemplateKind {
  return Object.hasOwn(TEMPLATE_STEPS, kind);
}

const liveOnes = (templates: Templates): number =>
  [...templates.values()].filter(({ phase }) => phase === 'live').length;

/** What one entry makes of its template; null where the table does not allow it. */
export function stepTemplate(
  templates: Templates,
  { kind, facts }: Pick<ItemHeader, 'kind' | 'facts'>,
): TemplateState | null {
  if (!isTemplateStep(kind)) return null;
  const template = TEMPLATE_KINDS[kind].facts.safeParse(facts).data?.template;
  if (template === undefined) return null;
  const before = templates.get(template);
  const { from, to } = TEMPLATE_STEPS[kind];
  if (!from.includes(before?.phase ?? 'none')) return null;
  const isNew = to === 'live' && before?.phase !== 'live';
  if (isNew && liveOnes(templates) >= LIMITS.templatesPerTeam.value) return null;
  const version = (before?.version ?? 0) + (kind === 'template.saved' ? 1 : 0);
  return { template, phase: to, version };
}
