import { Injectable } from '@nestjs/common';
import { wordSource, type WordSource } from '../../platform/database/word-source.ts';

@Injectable()
export class NeedsWords {
  readonly sources: readonly WordSource[] = [
    wordSource('needs_need', 'needs_need r', "concat_ws(E'\\n', r.public_text, r.place)"),
    wordSource('needs_offer', 'needs_offer r', 'r.description'),
  ];
}
