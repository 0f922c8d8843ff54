/** Signs checkpoints. The same head gives the same note, so it is signed once while it stands. */
import { type TreeName, treeOrigin } from '@liaison/contract/transparency';
import { Injectable } from '@nestjs/common';
import { Config } from '../platform/config/config.js';
import { signedNote } from './checkpoint.js';
import { LogKey } from './log-key.js';
import type { Node } from './merkle-tree.js';

interface Standing {
  readonly size: number;
  readonly root: Node;
  readonly note: string;
}

@Injectable()
export class TreeNotes {
  private readonly last = new Map<TreeName, Standing>();

  constructor(
    private readonly key: LogKey,
    private readonly config: Config,
  ) {}

  sign(tree: TreeName, size: number, root: Node): string {
    const known = this.last.get(tree);
    if (known?.size === size && Buffer.from(root).equals(known.root)) return known.note;
    const checkpoint = { origin: treeOrigin(this.config.publicOrigin, tree), size, root };
    const note = signedNote(checkpoint, this.key.publicKey, (bytes) => this.key.sign(bytes));
    this.last.set(tree, { size, root, note });
    return note;
  }
}
