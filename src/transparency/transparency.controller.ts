/** The trees over HTTP: what clients follow, and the proofs by which they check what others saw. */
import { toBase64Url } from '@liaison/contract/bytes';
import { Problem } from '@liaison/contract/errors';
import type { Hash } from '@liaison/contract/ids';
import { TRANSPARENCY_ROUTES } from '@liaison/contract/transparency';
import { Controller } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { IdentityTree } from './identity.tree.js';
import { readEdge, readProofs } from './tree.rows.js';

@Controller()
export class TransparencyController {
  constructor(
    private readonly database: Database,
    private readonly identities: IdentityTree,
  ) {}

  @Serves(TRANSPARENCY_ROUTES.identityLeaves)
  identityLeaves({ query }: Call<typeof TRANSPARENCY_ROUTES.identityLeaves>) {
    return this.identities.page(query.from);
  }

  /** Nodes are never changed, so any size that the tree has reached can be proven at any time. */
  @Serves(TRANSPARENCY_ROUTES.consistency)
  async consistency({ body }: Call<typeof TRANSPARENCY_ROUTES.consistency>) {
    const { tree, sizes, to } = body;
    const { size } = await readEdge(this.database, tree);
    if (to > size || sizes.some((one) => one > to)) throw new Problem('tree_size_unknown');
    const proofs = await readProofs(this.database, tree, sizes, to);
    return { proofs: proofs.map((nodes) => nodes.map((node) => toBase64Url(node) as Hash)) };
  }
}
