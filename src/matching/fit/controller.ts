import { Controller, Get, Headers, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { UnitService } from '../../accounts/units/service.ts';
import type { Texts } from '../../kernel/texts.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller } from '../../platform/http/decorators.ts';
import { languageOf } from '../../platform/http/language.ts';
import { MatchingStore } from '../store.ts';
import { texts } from '../texts.ts';
import { fitsOf } from './model.ts';
import { FitQuery, Fits } from './schemas.ts';

const CLAIM = 'projects.claim';
const catalogue: Texts = texts;

/** Why a project was recommended: a unit hears its own points, nothing of others. */
@ApiTags('matching')
@Controller('api/v1/fits')
export class FitController {
  readonly #db: Database;
  readonly #units: UnitService;
  readonly #store: MatchingStore;

  constructor(db: Database, units: UnitService, store: MatchingStore) {
    this.#db = db;
    this.#units = units;
    this.#store = store;
  }

  @Get()
  @Allow(CLAIM)
  @ApiResponse({ status: 200, description: 'How well these proposals suit the caller’s own units', standardSchema: Fits })
  read(
    @CurrentCaller() caller: Caller,
    @Query({ schema: FitQuery }) { proposalIds }: z.output<typeof FitQuery>,
    @Headers('accept-language') wished?: string,
  ): Promise<z.infer<typeof Fits>> {
    const language = languageOf(wished);
    return this.#db.within(scopeFor(caller, CLAIM), async (tx) => {
      const fits = fitsOf(await this.#store.decisionsOnAll(tx, proposalIds), await this.#ownUnits(tx, caller));
      const items = fits.map(({ parts, ...fit }) => ({
        ...fit,
        parts: Object.entries(parts)
          .sort(([, a], [, b]) => b - a)
          .map(([key, score]) => ({ key, label: catalogue[`matching.part.${key}`]?.[language] ?? key, score })),
      }));
      return { items };
    });
  }

  async #ownUnits(tx: Tx, caller: Caller): Promise<ReadonlySet<string>> {
    const places = caller.grants.filter(({ permissions }) => permissions.includes(CLAIM)).map(({ orgPath }) => orgPath);
    const units = await Promise.all([...new Set(places)].map((place) => this.#units.atPath(tx, place)));
    return new Set(units.flatMap((unit) => unit?.id ?? []));
  }
}
