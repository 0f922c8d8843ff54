/**
 * The few drawings of the app, all of one stroke. They always stand beside a word, or inside a
 * button that has a name: alone they say nothing to a screen reader.
 */
const PATHS = {
  home: 'M4 11 12 4l8 7v9H4z',
  talk: 'M4 5h16v11H10l-5 4v-4H4z',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20c0-4 2.7-6 6-6s6 2 6 6M16 4.5a3.5 3.5 0 0 1 0 6.5M17.5 14.5c2.2.7 3.5 2.6 3.5 5.5',
  me: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4.5 3.5-7 8-7s8 2.5 8 7',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4',
  plus: 'M12 5v14M5 12h14',
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  checks: 'M2.5 12.5 7 17l8.5-9.5M11.5 16l1 1L21.5 7.5',
  cross: 'M7 7l10 10M17 7L7 17',
  alert: 'M12 4 22 20H2zM12 10v4.5M12 17.2v.3',
  ring: 'M12 19a7 7 0 1 0 0-14 7 7 0 0 0 0 14z',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  arrow: 'M5 12h14M13 6l6 6-6 6',
  clock: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4.5l3 2',
  clip: 'M8 12.5V7a4 4 0 0 1 8 0v9a2.5 2.5 0 0 1-5 0V8',
  print: 'M7 8V4h10v4M7 17H4V8h16v9h-3M7 14h10v6H7z',
  pencil: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  send: 'M4 12l16-8-5 16-3.5-6.5z',
  device: 'M7 3h10v18H7zM11 18h2',
  key: 'M8 16a4 4 0 1 1 0-8 4 4 0 0 1 0 8zM12 12h9M18 12v4',
  search: 'M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM15.5 15.5 20 20',
  cloud: 'M4 4l16 16M8 8.5A5 5 0 0 0 7.5 18H17M11 6.2A6 6 0 0 1 17.6 11 3.6 3.6 0 0 1 20 16.5',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
