/** Letters and digits of a text without blanks and punctuation; width, case and compatibility forms levelled. */
export function lettersOf(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Code points are below 2²¹, so that a pair of them is a whole number that a double holds exactly. */
const PLANE = 0x200000;

/** The pairs of neighbouring letters, each once, in ascending order: Chinese needs no word borders for that. */
export function neighboursOf(letters: string): Float64Array {
  const pairs = new Float64Array(letters.length);
  let count = 0;
  let before = -1;
  for (const letter of letters) {
    const point = letter.codePointAt(0)!;
    if (before >= 0) pairs[count++] = before * PLANE + point;
    before = point;
  }
  const sorted = pairs.subarray(0, count).sort();
  let kept = Math.min(1, count);
  for (let at = 1; at < count; at += 1) if (sorted[at] !== sorted[at - 1]) sorted[kept++] = sorted[at]!;
  return sorted.subarray(0, kept);
}

/** As `neighboursOf`, but a single letter stands for itself. */
export function pairsOf(letters: string): Float64Array {
  const pairs = neighboursOf(letters);
  return pairs.length === 0 && letters !== '' ? Float64Array.of(letters.codePointAt(0)!) : pairs;
}

/** How many pairs two texts share. */
export function sharedPairs(a: Float64Array, b: Float64Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const difference = a[i]! - b[j]!;
    if (difference === 0) shared += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return shared;
}

/** Jaccard likeness in whole percent, rounded down, so that it is at least 80 exactly where the ratio is; 0 for silence. */
export function likeness(a: Float64Array, b: Float64Array): number {
  const shared = sharedPairs(a, b);
  const all = a.length + b.length - shared;
  return all === 0 ? 0 : Math.floor((shared * 100) / all);
}
