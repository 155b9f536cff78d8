import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { WHOLE_TENANT, type Scope } from '../../kernel/scope.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Cursors } from '../../platform/http/cursor.ts';
import { Allow, CurrentCaller, IfMatch, Key, Versioned } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { ListRegistry } from '../../platform/http/listed.ts';
import { NeedsCommands } from '../commands.ts';
import { OFFER_COLUMNS, OfferBody, OfferPage, OfferPatch, OfferQuery, OfferView, offerView } from './schemas.ts';
import { OfferService } from './service.ts';

const Id = z.uuid();

/** Offers are public within the tenant: units stand beside the communities, so a subtree would hide them. */
function readers(caller: Caller): Scope {
  return { ...scopeFor(caller, 'offers.read'), orgPath: WHOLE_TENANT };
}

@ApiTags('needs')
@Controller('api/v1/offers')
export class OfferController {
  readonly #commands: NeedsCommands;
  readonly #offers: OfferService;
  readonly #cursors: Cursors;

  constructor(commands: NeedsCommands, offers: OfferService, cursors: Cursors, lists: ListRegistry) {
    this.#commands = commands;
    this.#offers = offers;
    this.#cursors = cursors;
    lists.register('offers', { title: 'needs.list.offers', anyOf: ['offers.read'], personal: false, query: OfferQuery, page: ({ caller }, query) => this.list(caller, query), headings: 'needs.column', columns: OFFER_COLUMNS });
  }

  @Post()
  @Allow('offers.create')
  @Versioned()
  @ApiResponse({ status: 201, description: 'Registered, by the unit or for it', standardSchema: OfferView })
  async register(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: OfferBody }) body: z.infer<typeof OfferBody>,
  ): Promise<z.infer<typeof OfferView>> {
    return this.#commands.run(caller, 'offers.create', key, async (tx, intent) =>
      offerView(await this.#offers.register(tx, { ...body, sourceNumber: null }, intent)),
    );
  }

  @Get()
  @Allow('offers.read')
  @ApiResponse({ status: 200, description: 'Newest first, or those with most funds', standardSchema: OfferPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: OfferQuery }) query: z.infer<typeof OfferQuery>,
  ): Promise<z.infer<typeof OfferPage>> {
    const { sort, search, cursor: _cursor, limit: _limit, ...filter } = query;
    const list = `offers/${JSON.stringify([filter, search ?? sort, search === undefined])}`;
    const page = this.#cursors.read(list, query);
    if (search !== undefined) {
      const rows = await this.#commands.read(readers(caller), (tx) => this.#offers.search(tx, search, filter, page));
      const best = this.#cursors.page(list, rows, page.limit, ({ row, score }) => ({ sort: score, id: row.id }));
      return { ...best, items: best.items.map(({ row }) => offerView(row)) };
    }
    const offers = await this.#commands.read(readers(caller), (tx) => this.#offers.page(tx, filter, sort, page));
    const found = this.#cursors.page(list, offers, page.limit, (offer) => ({
      sort: sort === 'fundsFen' ? offer.fundsFen : Number(offer.number.slice(3)),
      id: offer.id,
    }));
    return { ...found, items: found.items.map(offerView) };
  }

  @Get(':id')
  @Allow('offers.read')
  @Versioned()
  @ApiResponse({ status: 200, standardSchema: OfferView })
  async read(@CurrentCaller() caller: Caller, @Param('id', { schema: Id }) id: string): Promise<z.infer<typeof OfferView>> {
    return this.#commands.read(readers(caller), async (tx) => offerView(await this.#offers.get(tx, id)));
  }

  @Patch(':id')
  @Allow('offers.create')
  @Versioned()
  @ApiResponse({ status: 200, description: 'Edited, withdrawn or opened again', standardSchema: OfferView })
  async edit(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @IfMatch() version: number,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: OfferPatch }) body: z.infer<typeof OfferPatch>,
  ): Promise<z.infer<typeof OfferView>> {
    return this.#commands.run(caller, 'offers.create', key, async (tx, intent) => offerView(await this.#offers.edit(tx, id, version, body, intent)));
  }
}
