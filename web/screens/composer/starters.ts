/**
 * A starter for each pathway, in both languages: where a team has nothing of its own yet. They come
 * with the program, so they have no author and belong to nobody; using one says so by its id.
 */
import type { Uuid } from '@liaison/contract/ids';
import type { Template } from '@liaison/contract/template';
import type { TemplateRef } from '@liaison/contract/template-ref';
import type { Language } from '../../state/preference.state.js';
import type { StarterName } from '../../words/starters/starter.words.js';

export interface Starter {
  readonly ref: TemplateRef;
  readonly template: Template;
}

/** Raised when the words of a starter change, so that a letter says which it began from. */
const VERSION = 1;

/** Never changed: letters name them for as long as they are kept. */
const IDS: Readonly<Record<StarterName, string>> = {
  'heart-failure': '0d5a9f10-53b1-4c7e-9a01-000000000001',
  copd: '0d5a9f10-53b1-4c7e-9a01-000000000002',
  hip: '0d5a9f10-53b1-4c7e-9a01-000000000003',
  'frail-elder': '0d5a9f10-53b1-4c7e-9a01-000000000004',
  'day-surgery': '0d5a9f10-53b1-4c7e-9a01-000000000005',
};

/** Fetched when somebody looks at templates: most letters begin without. */
export async function starters(language: Language): Promise<readonly Starter[]> {
  const { STARTERS } =
    language === 'fr'
      ? await import('../../words/starters/starters.fr.js')
      : await import('../../words/starters/starters.en.js');
  return (Object.keys(IDS) as StarterName[]).map((pathway) => {
    const words = STARTERS[pathway];
    const ref = { template: IDS[pathway] as Uuid, version: VERSION, name: words.name };
    return { ref, template: { ...words, pathway, copiedFrom: null } };
  });
}
