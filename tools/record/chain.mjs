import { createPublicKey, hash, verify } from 'node:crypto';
import { HASH, read, ROWS_REMOVED } from './rows.mjs';

/** What is wrong, in the order in which it was found. */
export const problems = [];
export const fail = (check, block, row, detail) => problems.push({ check, block, ...(row && { row }), ...(detail && { detail }) });
const sha256 = (...parts) => hash('sha256', parts.length === 1 ? parts[0] : Buffer.concat(parts.map((part) => Buffer.from(part))), 'buffer');
const hex = (bytes) => bytes.toString('hex');
const ZERO = Buffer.alloc(HASH);

function whole(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** Leaves and what is made of them lie side by side in one buffer. */
function rootOf(leaves) {
  const pair = Buffer.alloc(1 + 2 * HASH, 1);
  let level = Buffer.from(leaves);
  while (level.length > HASH) {
    let to = 0;
    for (let at = 0; at < level.length; at += 2 * HASH) {
      if (at + HASH < level.length) {
        level.copy(pair, 1, at, at + 2 * HASH);
        level.latin1Write(hash('sha256', pair, 'latin1'), to);
      } else level.copy(level, to, at);
      to += HASH;
    }
    level = level.subarray(0, to);
  }
  return level.length === 0 ? ZERO : level;
}

/** Where letters of two units of UTF-16 may stand, their order is not the one of the bytes. */
const ASTRAL = /[\ud800-\uffff]/;

function comesBefore(a, b) {
  if (a.kind !== b.kind) return a.kind < b.kind;
  if (ASTRAL.test(a.key) || ASTRAL.test(b.key)) return Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)) < 0;
  return a.key < b.key;
}

/** Answers the leaves whose rows are gone, and what that is called unless it is explained later. */
function checkRows(block, rows) {
  const found = Buffer.allocUnsafe(rows.length * HASH);
  for (let at = 0; at < rows.length; at += 1) {
    found.latin1Write(rows[at].leaf, at * HASH);
    if (at > 0 && !comesBefore(rows[at - 1], rows[at])) fail('rowOutOfOrder', block.number, rows[at].name);
    // What stands in columns beside the bytes is read by pages and lists: a forger might change it alone.
    for (const column of rows[at].changed ?? []) fail('columnChanged', block.number, rows[at].name, column);
  }
  if (block.leaves.length !== block.count * HASH) fail('leavesChanged', block.number);
  return found.equals(block.leaves) ? undefined : nameRows(block, rows, found);
}

function nameRows(block, rows, bytes) {
  const split = (leaves) => Array.from({ length: leaves.length / HASH }, (_, at) => hex(leaves.subarray(at * HASH, (at + 1) * HASH)));
  const [sealed, found] = [split(block.leaves), split(bytes)];
  const places = new Map(sealed.map((leaf, at) => [leaf, at]));
  const present = new Set(found);
  const strange = rows.filter((_, at) => !places.has(found[at]));
  const missing = sealed.filter((leaf) => !present.has(leaf));
  // A changed row is strange and leaves its leaf without a row; beyond that rows were added or taken away.
  strange.forEach((row, at) => fail(at < missing.length ? 'rowChanged' : 'rowAdded', block.number, row.name));
  const gone = missing.slice(strange.length);
  const details = gone.map((leaf) => {
    const before = rows[found.findLastIndex((other) => places.get(other) < places.get(leaf))];
    return before ? `after ${before.name}` : 'at its beginning';
  });
  return gone.length > 0 ? { leaves: gone, details } : undefined;
}

export class Chain {
  constructor(tenant) {
    this.hash = sha256(`cobuild.record/1\n${tenant}`);
    this.number = 0;
    this.rows = 0;
    this.hashes = new Map();
    /** By block: rows that are gone. */
    this.gaps = new Map();
    /** What sealed rows say to have gone because its term was over. */
    this.removals = [];
    this.removed = 0;
  }

  add(block, rows) {
    const { number } = block;
    if (number !== this.number + 1) fail('blockMissing', this.number + 1, undefined, `${number} follows ${this.number}`);
    if (!block.prev.equals(this.hash)) fail('chainBroken', number);
    if (block.fromXid !== undefined && block.fromXid !== (this.untilXid ?? '0')) fail('rangeBroken', number);
    const gap = checkRows(block, rows);
    if (gap) this.gaps.set(number, gap);
    for (const row of rows) if (row.bytes) this.noteRemoval(number, row);
    if (!rootOf(block.leaves).equals(block.root)) fail('rootChanged', number);
    if (!sha256(whole(number), block.prev, block.root, whole(block.count)).equals(block.hash)) fail('hashChanged', number);
    this.number = number;
    this.hash = block.hash;
    this.untilXid = block.untilXid;
    this.rows += rows.length;
    this.hashes.set(number, hex(block.hash));
  }

  noteRemoval(number, row) {
    const { action, outcome, changes, at } = read(row.bytes);
    if (action === ROWS_REMOVED && outcome === 'done') this.removals.push({ ...changes, at, block: number, row: row.name });
  }

  /** `dayOf(block)`: when it was anchored first, so far as that can be known. What no removal explains is missing. */
  explainGaps(dayOf) {
    for (const removal of this.removals) {
      const blocks = [];
      // Forged numbers may be anything.
      for (let number = Math.max(1, removal.from); number <= Math.min(removal.until, this.number); number += 1) if (this.gaps.has(number)) blocks.push(number);
      const leaves = blocks.flatMap((number) => this.gaps.get(number).leaves);
      if (leaves.length !== removal.removed || hex(sha256(Buffer.from(leaves.join(''), 'hex'))) !== removal.digest) {
        fail('removalDiffers', removal.block, removal.row, `blocks ${removal.from} to ${removal.until}`);
        continue;
      }
      const [sealed, said] = [dayOf(removal.until), dayOf(removal.block) ?? String(removal.at).slice(0, 10)];
      if (sealed !== undefined && (Date.parse(said) - Date.parse(sealed)) / DAY_MS < KEPT_DAYS) {
        fail('removedTooEarly', removal.block, removal.row, `blocks ${removal.from} to ${removal.until}, anchored on ${sealed}`);
      }
      this.removed += leaves.length;
      for (const number of blocks) this.gaps.delete(number);
    }
    for (const [number, { details }] of this.gaps) for (const detail of details) fail('rowMissing', number, undefined, detail);
  }
}

const DAY_MS = 86_400_000;
/** Six months, which the law asks for at least, give or take the length of months and the day until the anchor. */
const KEPT_DAYS = 180;

const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

export function checkAnchor({ statement, signature, key }, keys, chain, tenant) {
  const said = read(statement);
  const known = keys.find(({ id }) => id === key);
  if (said.format !== 'cobuild.anchor/1' || said.tenant !== tenant || said.key !== key) fail('anchorForeign', said.block, said.day);
  if (!known) return void fail('anchorKeyUnknown', said.block, said.day, key);
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI, Buffer.from(known.key, 'hex')]), format: 'der', type: 'spki' });
  if (!verify(null, Buffer.from(statement), publicKey, Buffer.from(signature, 'hex'))) return void fail('anchorForged', said.block, said.day);
  const hash = chain.hashes.get(said.block);
  if (hash === undefined) fail('blockMissing', said.block, undefined, `anchored on ${said.day}`);
  else if (hash !== said.hash) fail('anchorDiffers', said.block, undefined, `anchored on ${said.day}`);
  else return said;
}
