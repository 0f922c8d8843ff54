/** Leads to a part of the composer: it scrolls there and puts the focus where one types. */
export function leadTo(id: string): void {
  const heading = document.getElementById(id);
  if (heading === null) return;
  const box = heading.closest('section');
  const fields = [...(box?.querySelectorAll<HTMLElement>('input, textarea, select') ?? [])];
  const empty = fields.find((field) => field instanceof HTMLInputElement && field.value === '');
  const target = empty ?? fields.find((field) => field.offsetParent !== null) ?? heading;
  heading.scrollIntoView({ block: 'start' });
  target.focus({ preventScroll: true });
}
