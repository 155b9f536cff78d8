import { createHash } from 'node:crypto';

const NODE = Buffer.from([1]);

/**
 * RFC 6962 §2.1 over leaf hashes in their order: a node is SHA-256(01 ‖ left ‖ right), an odd one goes up as it is.
 * Throws RangeError for no leaves.
 */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  let level = leaves;
  while (level.length > 1) {
    const above: Buffer[] = [];
    for (let at = 0; at < level.length; at += 2) above.push(pair(level[at]!, level[at + 1]));
    level = above;
  }
  const [root] = level;
  if (!root) throw new RangeError('a Merkle tree needs a leaf');
  return root;
}

function pair(left: Buffer, right: Buffer | undefined): Buffer {
  return right ? createHash('sha256').update(NODE).update(left).update(right).digest() : left;
}
