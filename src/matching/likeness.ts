/** Pairs of neighbouring letters of a text without blanks and punctuation: Chinese needs no word borders for that. */
export function bigrams(text: string): ReadonlySet<string> {
  const letters = [...text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')];
  return new Set(letters.slice(1).map((letter, at) => `${letters[at]}${letter}`));
}

/** Jaccard likeness in whole percent, rounded down; 0 where a text says nothing. */
export function likenessPercent(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((pair) => b.has(pair)).length;
  const all = a.size + b.size - shared;
  return all === 0 ? 0 : Math.floor((shared * 100) / all);
}
