/**
 * How many lives a run plays: all of them where the gate asks (`LIVES=gate`), a tenth in
 * `npm test`, which has ten minutes for everything.
 */
const SHARE = process.env['LIVES'] === 'gate' ? 1 : 0.1;

export const livesPlayed = (atTheGate: number): number => Math.ceil(atTheGate * SHARE);
