/**
 * What this device is called until its owner says otherwise: browser and system, the same in every
 * language. It is read here and sealed: nothing of it is told to the server.
 */

/** In this order: most browsers claim to be others too. */
const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const;

const SYSTEMS = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['CrOS', 'ChromeOS'],
  ['Windows', 'Windows'],
  ['Macintosh', 'Mac'],
  ['Linux', 'Linux'],
] as const;

function named(agent: string, known: readonly (readonly [string, string])[]): string[] {
  return known.filter(([mark]) => agent.includes(mark)).map(([, name]) => name);
}

/** Empty where the browser says nothing that we know. */
export function ownDeviceName(agent: string): string {
  const [browser = '', system = ''] = [named(agent, BROWSERS)[0], named(agent, SYSTEMS)[0]];
  return [browser, system].filter((part) => part !== '').join(' · ');
}
