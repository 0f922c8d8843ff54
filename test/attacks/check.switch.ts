/**
 * The one switch of all checks (mutant.transform.cjs). Which are taken out is known to one process,
 * so that one server, one database and warm modules serve all mutants. Without the transform
 * nothing here has any effect.
 */
const room = globalThis as { liaisonCheck?: (id: string) => boolean };

async function under<T>(check: (id: string) => boolean, work: () => Promise<T>): Promise<T> {
  room.liaisonCheck = check;
  try {
    return await work();
  } finally {
    delete room.liaisonCheck;
  }
}

/** Notes the checks that accuse somebody meanwhile: to take out any other changes nothing. */
export function noting<T>(fired: Set<string>, work: () => Promise<T>): Promise<T> {
  const note = (id: string): boolean => {
    fired.add(id);
    return false;
  };
  return under(note, work);
}

/** Takes these checks out meanwhile. */
export function without<T>(ids: readonly string[], work: () => Promise<T>): Promise<T> {
  return under((id) => ids.includes(id), work);
}
