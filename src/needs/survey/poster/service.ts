import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../../platform/config.ts';
import { CONFIG } from '../../../platform/module.ts';
import { qrSvg } from '../../../platform/qr.ts';
import type { Survey } from '../content/model.ts';
import { posterHtml, POSTER_STYLE, type Say } from './model.ts';

/** The style's own hash instead of `unsafe-inline`; nothing else may be loaded or run. */
export const POSTER_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(POSTER_STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';');

/** Where residents answer, and the page that leads them there from a wall. */
@Injectable()
export class SurveyPoster {
  readonly #origin: string;

  constructor(@Inject(CONFIG) config: Config) {
    this.#origin = config.http.origins[0]!;
  }

  link({ code }: Pick<Survey, 'code'>): string {
    return `${this.#origin}/p/survey/${code}`;
  }

  html(survey: Survey, areas: readonly string[], say: Say): string {
    const { title, intro, opensAt, closesAt } = survey;
    const link = this.link(survey);
    return posterHtml({ title, intro, areas, opensAt, closesAt, link, qr: qrSvg(link) }, say);
  }
}
