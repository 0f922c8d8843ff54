/**
 * Questions about many keys at once: what is asked for in one turn of the event loop goes out as
 * one question, and nobody asks again for what is under way. It must never remember an answer.
 */
export class Gathering<K> {
  readonly #under = new Map<K, Promise<void>>();
  #next: { readonly keys: K[]; readonly asked: Promise<void> } | null = null;

  constructor(private readonly ask: (keys: readonly K[]) => Promise<void>) {}

  /** Resolves when each of these was asked for. */
  async need(keys: Iterable<K>): Promise<void> {
    await Promise.all([...keys].map((key) => this.#under.get(key) ?? this.#join(key)));
  }

  #join(key: K): Promise<void> {
    this.#next ??= this.#begin();
    const { keys, asked } = this.#next;
    keys.push(key);
    this.#under.set(key, asked);
    return asked;
  }

  #begin(): { readonly keys: K[]; readonly asked: Promise<void> } {
    const keys: K[] = [];
    const asked = new Promise<void>((resolve) => setTimeout(resolve, 0))
      .then(() => {
        this.#next = null;
        return this.ask(keys);
      })
      .finally(() => {
        for (const key of keys) this.#under.delete(key);
      });
    return { keys, asked };
  }
}
