/**
 * One or many, as each language counts: French says "0 pris" and "1 pris" alike, English does not.
 */
const rules = { fr: new Intl.PluralRules('fr'), en: new Intl.PluralRules('en') } as const;

export function counted(language: 'fr' | 'en', n: number, one: string, many: string): string {
  return `${n} ${rules[language].select(n) === 'one' ? one : many}`;
}

export const fr = (n: number, one: string, many = `${one}s`): string => counted('fr', n, one, many);
export const en = (n: number, one: string, many = `${one}s`): string => counted('en', n, one, many);
