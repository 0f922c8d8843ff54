/** The templates that can be begun with: those of the person's teams, and the starters. */
import type { Template } from '@liaison/contract/template';
import type { TemplateRef } from '@liaison/contract/template-ref';
import type { TemplateView } from '@liaison/sdk/face.templates';
import { useEffect, useState } from 'preact/hooks';
import { templates } from '../../state/lists.state.js';
import { valueOf } from '../../state/loaded.state.js';
import { language } from '../../state/preference.state.js';
import { type Starter, starters } from './starters.js';

export interface Offered {
  readonly ref: TemplateRef;
  readonly template: Template;
  /** Null for a starter, which belongs to nobody. */
  readonly view: TemplateView | null;
}

/** Those whose words this device can open; the others come when their keys do. */
export function offersOf(views: readonly TemplateView[]): Offered[] {
  return views.flatMap((view) => {
    if (view.template.state !== 'open') return [];
    const { value: template } = view.template;
    const ref = { template: view.id, version: view.version, name: template.name };
    return [{ ref, template, view }];
  });
}

export function useTemplates(): {
  readonly ours: readonly Offered[];
  readonly starters: readonly Offered[];
} {
  const [known, setKnown] = useState<readonly Starter[]>([]);
  const chosen = language.value;
  useEffect(() => {
    void starters(chosen).then(setKnown);
  }, [chosen]);
  return {
    ours: offersOf(valueOf(templates().signal.value) ?? []),
    starters: known.map((one) => ({ ...one, view: null })),
  };
}
