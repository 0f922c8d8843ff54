/**
 * Choices of this browser, not of the person: language, theme, keyboard shortcuts. They are kept
 * in local storage, which therefore never holds anything about a patient.
 */
import { effect, signal } from '@preact/signals';

export type Language = 'fr' | 'en';
export type Theme = 'auto' | 'light' | 'dark';

function read<T extends string>(key: string, allowed: readonly T[], otherwise: T): T {
  const kept = localStorage.getItem(`liaison.${key}`);
  return allowed.find((value) => value === kept) ?? otherwise;
}

export const language = signal<Language>(read('language', ['fr', 'en'], 'fr'));
export const theme = signal<Theme>(read('theme', ['auto', 'light', 'dark'], 'auto'));
export const shortcuts = signal(read('shortcuts', ['on', 'off'], 'on'));

export function keepPreferences(): void {
  effect(() => {
    localStorage.setItem('liaison.language', language.value);
    document.documentElement.lang = language.value;
  });
  effect(() => {
    localStorage.setItem('liaison.theme', theme.value);
    document.documentElement.dataset['theme'] = theme.value;
  });
  effect(() => localStorage.setItem('liaison.shortcuts', shortcuts.value));
}
