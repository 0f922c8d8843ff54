/**
 * Rounds of a benchmark, bounded in number and in time: on a busy machine fewer are played, and at
 * least one always, so that `npm run bench` ends while somebody still waits for it.
 *
 *   const another = rounds(3, 25_000);
 *   while (another()) play();
 */
export function rounds(most: number, budgetMs: number): () => boolean {
  const started = performance.now();
  let played = 0;
  return () => {
    if (played >= most) return false;
    if (played > 0 && performance.now() - started > budgetMs) return false;
    played += 1;
    return true;
  };
}
