/**
 * Leads the programs of a life to what stands in for primitives and for the socket's library.
 * Given to node by `--import`, so that no program of the product can ever be led there.
 */
import { register } from 'node:module';

register('./replacements.mjs', import.meta.url);
