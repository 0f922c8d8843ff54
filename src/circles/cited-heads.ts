/**
 * The heads of trees that an item cites must be ones that our log key signed: so whoever cites one
 * that does not fit what others were shown holds proof against us, and cannot make it up.
 */
import { fromBase64Url, utf8 } from '@liaison/contract/bytes';
import { Problem } from '@liaison/contract/errors';
import type { ItemHeader } from '@liaison/contract/item';
import {
  checkpointText,
  type SignedHead,
  TreeName,
  treeOrigin,
} from '@liaison/contract/transparency';
import { Injectable } from '@nestjs/common';
import { Lru } from '../platform/cache/lru.js';
import { Config } from '../platform/config/config.js';
import { verifyStrictAside } from '../platform/signatures/ed25519.js';
import { LogKey } from '../transparency/log-key.js';

/** Heads that clients cite at one time: a few for each that is online. */
const REMEMBERED = 4096;

@Injectable()
export class CitedHeads {
  private readonly right = new Lru<string, true>(REMEMBERED);

  constructor(
    private readonly key: LogKey,
    private readonly config: Config,
  ) {}

  async check({ checkpoint }: ItemHeader): Promise<void> {
    for (const tree of TreeName.options) {
      const head = checkpoint?.[tree] ?? null;
      if (head !== null && !(await this.isOurs(tree, head))) {
        throw new Problem('item_invalid', 'checkpoint');
      }
    }
  }

  private async isOurs(tree: TreeName, head: SignedHead): Promise<boolean> {
    const name = `${tree} ${head.size} ${head.root} ${head.signature}`;
    if (this.right.get(name) === true) return true;
    const text = checkpointText(treeOrigin(this.config.publicOrigin, tree), head);
    const signature = fromBase64Url(head.signature);
    const held = await verifyStrictAside(this.key.publicKey, utf8(text), signature);
    if (held) this.right.set(name, true);
    return held;
  }
}
