import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { refuse } from '../../kernel/refusal.ts';
import { holds, scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Cursors } from '../../platform/http/cursor.ts';
import { Allow, CurrentCaller, IfMatch, Key, Versioned } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { ListRegistry, type ListedAs } from '../../platform/http/listed.ts';
import { AskingService } from '../asking/service.ts';
import { NeedsCommands } from '../commands.ts';
import { Outcomes } from '../schemas.ts';
import { urgencyRank, type Confirmer } from './model.ts';
import {
  ConfirmBatch,
  ConfirmBody,
  kinView,
  MergeBody,
  NeedBody,
  NeedDetail,
  NeedPage,
  NeedPatch,
  NeedQuery,
  needView,
  NeedView,
  raiserView,
  TriageBatch,
  TriageBody,
} from './schemas.ts';
import { NeedService } from './service.ts';

const Id = z.uuid();

/** Needs as the staff of their community see them; what everyone may read is on the lists. */
@ApiTags('needs')
@Controller('api/v1/needs')
export class NeedController {
  readonly #commands: NeedsCommands;
  readonly #needs: NeedService;
  readonly #asking: AskingService;
  readonly #cursors: Cursors;

  constructor(commands: NeedsCommands, needs: NeedService, asking: AskingService, cursors: Cursors, lists: ListRegistry) {
    this.#commands = commands;
    this.#needs = needs;
    this.#asking = asking;
    this.#cursors = cursors;
    lists.register('needs', { title: 'needs.list.staff', anyOf: ['people.read'], personal: true, query: NeedQuery, page: ({ caller }, query) => this.list(caller, query), headings: 'needs.column', columns: COLUMNS });
  }

  @Post()
  @Allow('needs.create')
  @Versioned()
  @ApiResponse({ status: 201, description: 'Raised', standardSchema: NeedView })
  async raise(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: NeedBody }) body: z.infer<typeof NeedBody>,
  ): Promise<z.infer<typeof NeedView>> {
    if (body.raiserKind === 'staffOnBehalf' && !holds(caller, 'needs.triage')) refuse('FORBIDDEN', 'forbidden', { permission: 'needs.triage' });
    return this.#commands.run(caller, 'needs.create', key, async (tx, intent) => {
      const { words = null, name = null, phone = null, consent = null } = body.raiser;
      const { place = null, evidence = null, publicText = null } = body;
      const raiser = { words, name, phone, consent };
      const need = { ...body, place, evidence, publicText, raiser, sourceNumber: null, raisedAt: intent.at };
      return needView(await this.#needs.raise(tx, need, intent));
    });
  }

  @Get()
  @Allow('people.read')
  @ApiResponse({ status: 200, description: 'Newest or most urgent first', standardSchema: NeedPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: NeedQuery }) query: z.infer<typeof NeedQuery>,
  ): Promise<z.infer<typeof NeedPage>> {
    const { state, category, communityId, sourceNumber, surveyId, sort, search } = query;
    const needsLook = query.needsLook || undefined;
    const list = `needs/${JSON.stringify([state, category, communityId, sourceNumber, needsLook, surveyId, search ?? sort, search === undefined])}`;
    const page = this.#cursors.read(list, query);
    const filter = { state, category, communityId, sourceNumber, needsLook, surveyId };
    if (search !== undefined) {
      const rows = await this.#commands.read(scopeFor(caller, 'people.read'), (tx) => this.#needs.search(tx, search, filter, page));
      const best = this.#cursors.page(list, rows, page.limit, ({ row, score }) => ({ sort: score, id: row.id }));
      return { ...best, items: best.items.map(({ row }) => needView(row)) };
    }
    const needs = await this.#commands.read(scopeFor(caller, 'people.read'), (tx) => this.#needs.page(tx, filter, sort, page));
    const found = this.#cursors.page(list, needs, page.limit, (need) => ({
      sort: sort === 'urgency' ? urgencyRank(need.urgency) : need.raisedAt,
      id: need.id,
    }));
    return { ...found, items: found.items.map(needView) };
  }

  @Get(':id')
  @Allow('people.read')
  @Versioned()
  @ApiResponse({ status: 200, description: 'With the words; the contact is masked. Reading it is audited', standardSchema: NeedDetail })
  async read(@CurrentCaller() caller: Caller, @Param('id', { schema: Id }) id: string): Promise<z.infer<typeof NeedDetail>> {
    return this.#commands.read(scopeFor(caller, 'people.read'), async (tx) => {
      const need = await this.#needs.get(tx, id);
      const trace = { accountId: caller.accountId, personId: caller.personId };
      const raiser = await this.#needs.raiserOf(tx, id, { at: await this.#commands.now(tx), trace });
      const { follows, repeats, merges } = await this.#needs.kinOf(tx, need);
      return {
        ...needView(need),
        raiser: raiser && raiserView(raiser),
        follows: follows && kinView(follows),
        repeats: repeats.map(kinView),
        raisers: 1 + repeats.length,
        merges,
        questions: await this.#asking.questions(tx, id),
        followed: await this.#asking.isFollowed(tx, id),
      };
    });
  }

  @Patch(':id')
  @Allow('needs.triage')
  @Versioned()
  @ApiResponse({ status: 200, description: 'Edited', standardSchema: NeedView })
  async edit(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @IfMatch() version: number,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: NeedPatch }) body: z.infer<typeof NeedPatch>,
  ): Promise<z.infer<typeof NeedView>> {
    return this.#commands.run(caller, 'needs.triage', key, async (tx, intent) => needView(await this.#needs.edit(tx, id, version, body, intent)));
  }

  @Post('triage')
  @HttpCode(200)
  @Allow('needs.triage')
  @ApiResponse({ status: 200, description: 'A result for each row', standardSchema: Outcomes })
  async triageMany(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: TriageBatch }) { needs }: z.infer<typeof TriageBatch>,
  ): Promise<z.infer<typeof Outcomes>> {
    const rows = needs.map(({ id, version, ...triage }) => ({ id, version, triage }));
    return this.#commands.run(caller, 'needs.triage', key, async (tx, intent) => ({ results: await this.#needs.triageAll(tx, rows, intent) }));
  }

  @Post('confirm-solved')
  @HttpCode(200)
  @Allow('projects.accept', 'needs.create')
  @ApiResponse({ status: 200, description: 'A result for each row', standardSchema: Outcomes })
  async confirmMany(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: ConfirmBatch }) { by, ids }: z.infer<typeof ConfirmBatch>,
  ): Promise<z.infer<typeof Outcomes>> {
    const { permission, staff } = confirming(caller, by);
    return this.#commands.run(caller, permission, key, async (tx, intent) => ({
      results: await this.#needs.confirmSolved(tx, ids, by, staff, intent),
    }));
  }

  @Post(':id/triage')
  @HttpCode(200)
  @Allow('needs.triage')
  @Versioned()
  @ApiResponse({ status: 200, description: 'Triaged', standardSchema: NeedView })
  async triage(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @IfMatch() version: number,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: TriageBody }) body: z.infer<typeof TriageBody>,
  ): Promise<z.infer<typeof NeedView>> {
    return this.#commands.run(caller, 'needs.triage', key, async (tx, intent) => needView(await this.#needs.triage(tx, id, version, body, intent)));
  }

  @Post(':id/merge')
  @HttpCode(200)
  @Allow('needs.triage')
  @Versioned()
  @ApiResponse({ status: 200, description: 'Merged into the one it repeats', standardSchema: NeedView })
  async merge(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @IfMatch() version: number,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: MergeBody }) { into }: z.infer<typeof MergeBody>,
  ): Promise<z.infer<typeof NeedView>> {
    return this.#commands.run(caller, 'needs.triage', key, async (tx, intent) => needView(await this.#needs.merge(tx, id, version, into, intent)));
  }

  @Post(':id/unmerge')
  @HttpCode(200)
  @Allow('needs.triage')
  @Versioned()
  @ApiResponse({ status: 200, description: 'A need of its own again, in the state it had', standardSchema: NeedView })
  async unmerge(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @IfMatch() version: number,
    @Param('id', { schema: Id }) id: string,
  ): Promise<z.infer<typeof NeedView>> {
    return this.#commands.run(caller, 'needs.triage', key, async (tx, intent) => needView(await this.#needs.unmerge(tx, id, version, intent)));
  }

  @Post(':id/confirm-solved')
  @HttpCode(200)
  @Allow('projects.accept', 'needs.create')
  @Versioned()
  @ApiResponse({ status: 200, description: 'Confirmed; again changes nothing', standardSchema: NeedView })
  async confirm(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ConfirmBody }) { by }: z.infer<typeof ConfirmBody>,
  ): Promise<z.infer<typeof NeedView>> {
    const { permission, staff } = confirming(caller, by);
    return this.#commands.run(caller, permission, key, async (tx, intent) => {
      const [outcome] = await this.#needs.confirmSolved(tx, [id], by, staff, intent);
      if (outcome?.code) refuse(outcome.code, outcome.code === 'NEED_UNKNOWN' ? 'unknown' : 'state');
      return needView(await this.#needs.get(tx, id));
    });
  }
}

/** Staff of the community confirm for both sides; a resident only what they raised themselves. */
function confirming(caller: Caller, by: Confirmer): { permission: string; staff: boolean } {
  if (holds(caller, 'projects.accept')) return { permission: 'projects.accept', staff: true };
  if (by === 'community') refuse('FORBIDDEN', 'forbidden', { permission: 'projects.accept' });
  return { permission: 'needs.create', staff: false };
}

const COLUMNS: ListedAs<z.infer<typeof NeedQuery>, z.infer<typeof NeedView>>['columns'] = {
  number: ({ number }) => number,
  community: ({ communityId }) => ({ unit: communityId }),
  place: ({ place }) => place,
  need: ({ publicText }) => publicText,
  category: ({ category }) => ({ text: `needs.category.${category}` }),
  urgency: ({ urgency }) => ({ text: `needs.urgency.${urgency}` }),
  peopleAffected: ({ peopleAffected }) => peopleAffected,
  evidence: ({ evidence }) => evidence,
  channel: ({ channel }) => ({ text: `needs.channel.${channel}` }),
  state: ({ state }) => ({ text: `needs.need.${state}` }),
  raisedAt: ({ raisedAt }) => ({ at: raisedAt }),
};
