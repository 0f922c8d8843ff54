/** What each language says of every starter: one that has no words does not compile. */
import type { Template } from '@liaison/contract/template';

export type StarterName = 'heart-failure' | 'copd' | 'hip' | 'frail-elder' | 'day-surgery';

export type StarterWords = Readonly<Record<StarterName, Omit<Template, 'pathway' | 'copiedFrom'>>>;
