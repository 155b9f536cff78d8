/** What a record is asked for: words, what each counts, and the sum it must reach to be shown at all. */
export interface SearchedWords {
  readonly words: readonly string[];
  readonly weights: readonly number[];
  readonly least: number;
}

/** Words of one question; more are the end of a text that somebody pasted. */
const MOST_WORDS = 40;

/**
 * A long word says more than a short one and counts by its letters; at least half of the question must be met. The
 * score of a record depends on nothing but the record and the question, so that pages neither repeat nor lose rows.
 */
export function searchedFor(all: readonly string[]): SearchedWords {
  const words = all.slice(0, MOST_WORDS);
  const weights = words.map((word) => [...word].length);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { words, weights, least: Math.ceil(sum / 2) };
}

/** A record that was found, and how much of the question it meets. */
export interface Found<Row> {
  readonly row: Row;
  readonly score: number;
}
