import { hash } from 'node:crypto';

export const HASH = 32;
/** The action of a row that says which rows went because their term was over. */
export const ROWS_REMOVED = 'audit.rowsRemoved';

/** Forged bytes need not be JSON. */
export function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

export const read = (bytes) => parsed(bytes.toString('utf8'));

/** 00 ‖ kind/key ‖ 0A ‖ bytes, one row after the other: a buffer for each would cost more than its hash. */
const leaf = { buffer: Buffer.alloc(1 << 16), begin: 0, end: 0 };

function fillLeaf(name, from, begin, end) {
  const most = 2 + 3 * name.length + end - begin;
  if (leaf.buffer.length < most) leaf.buffer = Buffer.alloc(2 * most);
  leaf.begin = 1 + leaf.buffer.utf8Write(name, 1);
  leaf.buffer[leaf.begin] = 0x0a;
  leaf.begin += 1;
  from.copy(leaf.buffer, leaf.begin, begin, end);
  leaf.end = leaf.begin + end - begin;
}

/** Hashes are strings of 32 letters, one for each byte, until they are shown. */
const digestOf = (begin) => hash('sha256', leaf.buffer.subarray(begin, leaf.end), 'latin1');

/** A row as the chain needs it. Its bytes are kept only where they explain why others are gone. */
export function sealedRow(kind, key, from, begin = 0, end = from.length) {
  const name = `${kind}/${key}`;
  fillLeaf(name, from, begin, end);
  leaf.buffer[0] = 0;
  const row = { kind, key, name, leaf: digestOf(0) };
  if (kind === 'audit' && leaf.buffer.subarray(leaf.begin, leaf.end).includes(ROWS_REMOVED)) row.bytes = Buffer.from(from.subarray(begin, end));
  return row;
}

/** Of the row that was sealed last: the hash that stands beside its bytes. */
export const ownHash = {
  audit: () => {
    leaf.buffer[leaf.begin - 1] = 0;
    return digestOf(leaf.begin - 1);
  },
  journal: () => digestOf(leaf.begin),
};
