/** Says what was done, and how long it took, step by step. */
const WIDTH = 66;

export class Stopwatch {
  #totalMs = 0;

  constructor(private readonly tell: (line: string) => void) {}

  async step<T>(what: string, work: () => Promise<T>): Promise<T> {
    const startedMs = performance.now();
    const result = await work();
    const tookMs = performance.now() - startedMs;
    this.#totalMs += tookMs;
    this.#say(what, tookMs);
    return result;
  }

  total(): void {
    this.#say('Total', this.#totalMs);
  }

  #say(what: string, ms: number): void {
    this.tell(`${what.padEnd(WIDTH)}${Math.round(ms).toString().padStart(6)} ms`);
  }
}
