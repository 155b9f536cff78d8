/** Murmur3's finaliser: every bit of the input moves about half of the bits of the output. */
function mix(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The lot of an id under a published seed: FNV-1a over its UTF-16 code units, then mixed; 0 … 2³²−1. */
export function lotOf(seed: number, id: string): number {
  let hash = 0x811c9dc5 ^ mix(seed);
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return mix(hash);
}

/**
 * The published order in which equal plans are told apart: by lot, then by id. It depends on the ids and the
 * seed alone, so neither the order of the rows nor the spelling of an id favours anybody.
 */
export function drawOrder(seed: number, ids: readonly string[]): Int32Array {
  // Lot and row in one number, so that the sort compares no ids; exact for up to 2²¹ rows.
  const keys = Float64Array.from(ids, (id, row) => lotOf(seed, id) * ROWS + row).sort();
  const order = Int32Array.from(keys, (key) => key - lotIn(key) * ROWS);
  for (let from = 0, to = 1; from < keys.length; from = to++) {
    while (to < keys.length && lotIn(keys[to]!) === lotIn(keys[from]!)) to++;
    if (to - from > 1) order.subarray(from, to).sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1));
  }
  return order;
}

const ROWS = 2 ** 21;

function lotIn(key: number): number {
  return Math.floor(key / ROWS);
}
