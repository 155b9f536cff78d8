import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';

/** High enough that a word of ours wins over the words it is made of; the dictionary's commonest stand at about 10⁵. */
const OWN_FREQUENCY = 100_000;
const MOST_WORDS = 400;

/** Of this process, by what was added to the general dictionary: reading that takes about 0.2 s. */
const dictionaries = new Map<string, Jieba>();

/**
 * Words of a Chinese text, for storing and for asking alike: PostgreSQL has no parser for Chinese. Long words come with
 * the shorter ones inside them. Words are not guessed (no HMM), so that a word is cut the same way in every sentence;
 * what the dictionary does not know falls into single signs, on both sides.
 */
export class WordCutter {
  readonly #own: string;
  readonly #silent: ReadonlySet<string>;

  /** `words` are added to the general dictionary, `silent` ones are left out. */
  constructor(words: readonly string[], silent: readonly string[]) {
    this.#own = words.map((word) => `${word} ${OWN_FREQUENCY} n\n`).join('');
    this.#silent = new Set(silent);
  }

  /** Each word once, in the order of the text, at most 400. */
  wordsOf(text: string): string[] {
    const levelled = text.normalize('NFKC').toLowerCase();
    const found = new Set<string>();
    for (const word of this.load().cutForSearch(levelled, false)) {
      if (found.size === MOST_WORDS) break;
      if (/[\p{L}\p{N}]/u.test(word) && !this.#silent.has(word)) found.add(word);
    }
    return [...found];
  }

  /** To be called when a process starts, or the first question pays for it. */
  load(): Jieba {
    const known = dictionaries.get(this.#own);
    if (known) return known;
    const jieba = Jieba.withDict(dict);
    jieba.loadDict(Buffer.from(this.#own));
    dictionaries.set(this.#own, jieba);
    return jieba;
  }
}
