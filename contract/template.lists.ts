/** The closed lists of templates, apart from their schemas so that screens need none. */
/** The pathways that a template may be for: each has a starter in both languages. */
export const PATHWAYS = [
  'heart-failure',
  'copd',
  'hip',
  'frail-elder',
  'day-surgery',
  'other',
] as const;

/** Who usually does an item of a plan: who is asked for it is chosen for each patient. */
export const TRADES = [
  'doctor',
  'nurse',
  'pharmacy',
  'physio',
  'midwife',
  'laboratory',
  'unit',
] as const;
