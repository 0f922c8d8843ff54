/** Walks every state that a model can reach, and stops where a promise is broken. */

/** What is explored: states, the moves that may be tried in each, and what must hold after them. */
export interface Model<State, Move> {
  readonly start: State;
  readonly moves: (state: State) => readonly Move[];
  /** The state after; null where the tables refuse the move. */
  readonly after: (state: State, move: Move) => State | null;
  /** States of one key have the same future. */
  readonly key: (state: State) => string;
  /** The promise that does not hold; null where all do. */
  readonly broken: (before: State, move: Move, after: State) => string | null;
}

export interface Walk {
  readonly states: number;
  readonly steps: number;
  readonly broken: string | null;
}

export function explore<State, Move>(model: Model<State, Move>): Walk {
  const seen = new Set([model.key(model.start)]);
  const waiting = [model.start];
  let steps = 0;
  for (let before = waiting.pop(); before !== undefined; before = waiting.pop()) {
    for (const move of model.moves(before)) {
      steps += 1;
      const after = model.after(before, move);
      if (after === null) continue;
      const broken = model.broken(before, move, after);
      if (broken !== null) {
        return { states: seen.size, steps, broken: `${broken}: ${JSON.stringify(move)}` };
      }
      const key = model.key(after);
      if (seen.has(key)) continue;
      seen.add(key);
      waiting.push(after);
    }
  }
  return { states: seen.size, steps, broken: null };
}
