/**
 * The words on screen, in the chosen language. French is always there; English is fetched only
 * where it is chosen.
 */
import { computed, signal } from '@preact/signals';
import { type Language, language } from '../state/preference.state.js';
import { FRENCH, type Words } from './french.js';

const english = signal<Words | null>(null);

/** Until English has arrived, French stands: an empty screen would say less. */
const words = computed<Words>(() => (language.value === 'en' ? (english.value ?? FRENCH) : FRENCH));

export const w = (): Words => words.value;

export async function loadWords(chosen: Language): Promise<void> {
  if (chosen === 'fr' || english.value !== null) return;
  const { ENGLISH } = await import('./en/words.en.js');
  english.value = ENGLISH;
}

export async function speak(chosen: Language): Promise<void> {
  await loadWords(chosen);
  language.value = chosen;
}
