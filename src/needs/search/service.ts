import { Injectable } from '@nestjs/common';
import { refuse } from '../../kernel/refusal.ts';
import { WordCutter } from '../../platform/text-search/cutter.ts';
import { FIELD_WORDS, SILENT_WORDS } from './dictionary.ts';
import { searchedFor, type SearchedWords } from './model.ts';

/** Cuts what is stored and what is asked for by the same dictionary: needs, offers, proposals and projects. */
@Injectable()
export class SearchWords {
  readonly #cutter = new WordCutter(FIELD_WORDS, SILENT_WORDS);

  /** Before the first request: reading the dictionary holds up everything else for about 0.2 s. */
  load(): void {
    this.#cutter.load();
  }

  /** To be stored with a record, whenever these texts are written. */
  of(...texts: readonly (string | null)[]): string[] {
    return this.#cutter.wordsOf(texts.filter((text) => text !== null).join('\n'));
  }

  /** Refuses `SEARCH_EMPTY` (400) where nothing but punctuation and filling words is asked for. */
  asked(text: string): SearchedWords {
    const words = this.#cutter.wordsOf(text);
    return words.length > 0 ? searchedFor(words) : refuse('SEARCH_EMPTY', 'invalid');
  }
}
