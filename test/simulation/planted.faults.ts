/** Faults planted on purpose: what the oracles say of each, as many at once as there are cores. */
import { WIDTH } from './fleet.mjs';

interface Played {
  readonly caught: readonly { readonly caught: readonly string[] }[];
}

/** `play`: lives with that fault planted, on one core. */
export async function catchPlanted<P extends string>(
  plants: readonly P[],
  play: (plant: P) => Promise<Played>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const said = new Map<string, readonly string[]>();
  const left = [...plants];
  const catchNext = async (): Promise<void> => {
    for (let plant = left.shift(); plant !== undefined; plant = left.shift()) {
      const { caught } = await play(plant);
      said.set(
        plant,
        caught.flatMap((one) => one.caught),
      );
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, catchNext));
  return said;
}
