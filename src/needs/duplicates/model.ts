import { refuse } from '../../kernel/refusal.ts';
import { needs } from '../../policy/packs/needs.ts';
import { likeness, lettersOf, pairsOf } from './shingles.ts';
import { BANDS, bandKey, nameHash, SIGNATURE_LENGTH, signInto } from './signature.ts';

export interface ComparedText {
  readonly id: string;
  readonly text: string;
}

export interface DuplicateQuery<Row extends ComparedText> {
  readonly texts: readonly Row[];
  /** Only texts of one block are compared: usually area and category. */
  readonly block: (row: Row) => string;
  /** Lowest likeness (Jaccard over pairs of letters, whole percent); the policy's default if none is given. */
  readonly atLeastPercent?: number | undefined;
}

/** A link that was found and checked; `a` comes first in the order of the texts. */
export interface LikePair {
  readonly a: string;
  readonly b: string;
  readonly percent: number;
}

/** Texts that repeat each other, directly or through others. `pairs` hold them together; there may be more. */
export interface Cluster {
  readonly ids: readonly string[];
  readonly pairs: readonly LikePair[];
}

/** A free text of a resident; beyond it is a file, not a need. */
const MOST_LETTERS = 20_000;
/** Of a crowd whose members are all but the same, each is held against this many before it: they hang together anyway. */
const MOST_STEPS = 256;

/**
 * Proposes which texts say the same; a person decides. The answer does not depend on the order of the rows. Texts
 * without letters are never alike. Refuses `DUPLICATES_THRESHOLD`, and with the row's number `DUPLICATES_ROW_INVALID`,
 * `DUPLICATES_ID_TWICE`, `DUPLICATES_TEXT_TOO_LONG`.
 */
export function findDuplicates<Row extends ComparedText>(query: DuplicateQuery<Row>): Cluster[] {
  const { atLeastPercent = needs.duplicatePercent.value } = query;
  if (!Number.isInteger(atLeastPercent) || atLeastPercent < 1 || atLeastPercent > 100) refuse('DUPLICATES_THRESHOLD', 'invalid');
  const rows = inOrder(checked(query));
  const links = new Links(rows.length);
  const firsts = sameLetters(rows, links);
  const pairs = firsts.map((row) => pairsOf(rows[row]!.letters));
  for (const [a, b] of neighbours(firsts.map((row) => rows[row]!.blockHash), pairs)) {
    const [rowA, rowB] = [firsts[a]!, firsts[b]!];
    if (links.together(rowA, rowB)) continue;
    const [lengthA, lengthB] = [pairs[a]!.length, pairs[b]!.length];
    if (Math.min(lengthA, lengthB) * 100 < atLeastPercent * Math.max(lengthA, lengthB)) continue;
    if (rows[rowA]!.block !== rows[rowB]!.block) continue;
    const percent = likeness(pairs[a]!, pairs[b]!);
    if (percent >= atLeastPercent) links.add(rowA, rowB, percent);
  }
  return links.clusters(rows.map((row) => row.id));
}

interface Prepared {
  readonly id: string;
  readonly block: string;
  readonly blockHash: number;
  readonly letters: string;
}

function checked<Row extends ComparedText>({ texts, block }: DuplicateQuery<Row>): Prepared[] {
  const seen = new Set<string>();
  return texts.map((row, index) => {
    const at = { row: index + 1 };
    if (typeof row?.id !== 'string' || row.id === '' || typeof row.text !== 'string') refuse('DUPLICATES_ROW_INVALID', 'invalid', at);
    if (seen.has(row.id)) refuse('DUPLICATES_ID_TWICE', 'invalid', at);
    seen.add(row.id);
    if (row.text.length > MOST_LETTERS) refuse('DUPLICATES_TEXT_TOO_LONG', 'invalid', { ...at, most: MOST_LETTERS });
    const name = block(row);
    return { id: row.id, block: name, blockHash: nameHash(name), letters: lettersOf(row.text) };
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function inOrder(rows: readonly Prepared[]): Prepared[] {
  return [...rows].sort((a, b) => compare(a.block, b.block) || compare(a.letters, b.letters) || compare(a.id, b.id));
}

/** Links what is the same letter for letter, and answers one row of each kind: ten thousand equal rows cost one. */
function sameLetters(rows: readonly Prepared[], links: Links): number[] {
  const firsts: number[] = [];
  for (const [at, row] of rows.entries()) {
    if (row.letters === '') continue;
    const first = firsts.at(-1);
    const same = first !== undefined && rows[first]!.letters === row.letters && rows[first]!.block === row.block;
    if (same) links.add(first, at, 100);
    else firsts.push(at);
  }
  return firsts;
}

/** Pairs of rows that agree in a whole band. */
function* neighbours(blocks: readonly number[], pairs: readonly Float64Array[]): Generator<readonly [number, number]> {
  const minima = new Uint32Array(SIGNATURE_LENGTH);
  const keys = new Float64Array(pairs.length * BANDS);
  for (const [row, own] of pairs.entries()) {
    signInto(minima, own);
    for (let band = 0; band < BANDS; band += 1) keys[band * pairs.length + row] = bandKey(minima, band, blocks[row]!);
  }
  const before = new Int32Array(pairs.length);
  for (let band = 0; band < BANDS; band += 1) {
    const last = new Map<number, number>();
    for (let row = 0; row < pairs.length; row += 1) {
      const key = keys[band * pairs.length + row]!;
      before[row] = last.get(key) ?? -1;
      last.set(key, row);
      for (let other = before[row]!, steps = 0; other >= 0 && steps < MOST_STEPS; other = before[other]!, steps += 1) yield [other, row];
    }
  }
}

/** Which rows hang together (union by the smaller index), and what was found to hold them. */
class Links {
  readonly #parents: Int32Array;
  readonly #found: (readonly [number, number, number])[] = [];

  constructor(rows: number) {
    this.#parents = Int32Array.from({ length: rows }, (_, row) => row);
  }

  together(a: number, b: number): boolean {
    return this.#root(a) === this.#root(b);
  }

  add(a: number, b: number, percent: number): void {
    const [first, second] = [this.#root(a), this.#root(b)];
    this.#parents[Math.max(first, second)] = Math.min(first, second);
    this.#found.push([a, b, percent]);
  }

  clusters(ids: readonly string[]): Cluster[] {
    const members = new Map<number, { ids: string[]; pairs: LikePair[] }>();
    for (const [row, id] of ids.entries()) {
      const root = this.#root(row);
      const cluster = members.get(root) ?? { ids: [], pairs: [] };
      cluster.ids.push(id);
      members.set(root, cluster);
    }
    for (const [a, b, percent] of this.#found) members.get(this.#root(a))!.pairs.push({ a: ids[a]!, b: ids[b]!, percent });
    return [...members.values()].filter((cluster) => cluster.ids.length > 1);
  }

  #root(row: number): number {
    const parents = this.#parents;
    let root = row;
    while (parents[root] !== root) root = parents[root]!;
    for (let at = row; at !== root; ) {
      const next = parents[at]!;
      parents[at] = root;
      at = next;
    }
    return root;
  }
}
