import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Cursors } from '../../platform/http/cursor.ts';
import { Allow, CurrentCaller, IfMatch, Key, Versioned } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { ListRegistry } from '../../platform/http/listed.ts';
import { NeedsCommands } from '../commands.ts';
import { Outcomes } from '../schemas.ts';
import { PROPOSAL_COLUMNS, ProposalBody, ProposalPage, ProposalPatch, ProposalQuery, ProposalView, proposalView, ReadyBatch } from './schemas.ts';
import { ProposalService } from './service.ts';

const Id = z.uuid();

/** Proposals as staff work on them, drafts included; what everyone may read is on the lists. */
@ApiTags('needs')
@Controller('api/v1/proposals')
export class ProposalController {
  readonly #commands: NeedsCommands;
  readonly #proposals: ProposalService;
  readonly #cursors: Cursors;

  constructor(commands: NeedsCommands, proposals: ProposalService, cursors: Cursors, lists: ListRegistry) {
    this.#commands = commands;
    this.#proposals = proposals;
    this.#cursors = cursors;
    lists.register('proposals', { title: 'needs.list.proposals', anyOf: ['people.read'], personal: false, query: ProposalQuery, page: ({ caller }, query) => this.list(caller, query), headings: 'needs.column', columns: PROPOSAL_COLUMNS });
  }

  @Post()
  @Allow('needs.triage')
  @Versioned()
  @ApiResponse({ status: 201, description: 'Drafted', standardSchema: ProposalView })
  async draft(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: ProposalBody }) body: z.infer<typeof ProposalBody>,
  ): Promise<z.infer<typeof ProposalView>> {
    return this.#commands.run(caller, 'needs.triage', key, async (tx, intent) => {
      const proposal = { ...body, capability: body.capability ?? body.category, sourceNumber: null };
      return proposalView(await this.#proposals.draft(tx, proposal, intent));
    });
  }

  @Get()
  @Allow('people.read')
  @ApiResponse({ status: 200, description: 'Newest first, or the dearest', standardSchema: ProposalPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: ProposalQuery }) query: z.infer<typeof ProposalQuery>,
  ): Promise<z.infer<typeof ProposalPage>> {
    const { state, category, communityId, sourceNumber, sort } = query;
    const list = `proposals/${JSON.stringify([state, category, communityId, sourceNumber, sort])}`;
    const page = this.#cursors.read(list, query);
    const filter = { state, category, communityId, sourceNumber };
    const proposals = await this.#commands.read(scopeFor(caller, 'people.read'), (tx) => this.#proposals.page(tx, filter, sort, page));
    const found = this.#cursors.page(list, proposals, page.limit, (proposal) => ({
      sort: sort === 'budgetFen' ? proposal.budgetFen : Number(proposal.number.slice(3)),
      id: proposal.id,
    }));
    return { ...found, items: found.items.map(proposalView) };
  }

  @Get(':id')
  @Allow('people.read')
  @Versioned()
  @ApiResponse({ status: 200, standardSchema: ProposalView })
  async read(@CurrentCaller() caller: Caller, @Param('id', { schema: Id }) id: string): Promise<z.infer<typeof ProposalView>> {
    return this.#commands.read(scopeFor(caller, 'people.read'), async (tx) => proposalView(await this.#proposals.get(tx, id)));
  }

  @Patch(':id')
  @Allow('needs.triage')
  @Versioned()
  @ApiResponse({ status: 200, description: 'Edited; only while it is a draft', standardSchema: ProposalView })
  async edit(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @IfMatch() version: number,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ProposalPatch }) body: z.infer<typeof ProposalPatch>,
  ): Promise<z.infer<typeof ProposalView>> {
    return this.#commands.run(caller, 'needs.triage', key, async (tx, intent) =>
      proposalView(await this.#proposals.edit(tx, id, version, body, intent)),
    );
  }

  @Post('ready')
  @HttpCode(200)
  @Allow('needs.publish')
  @ApiResponse({ status: 200, description: 'A result for each row', standardSchema: Outcomes })
  async makeReadyMany(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: ReadyBatch }) { proposals }: z.infer<typeof ReadyBatch>,
  ): Promise<z.infer<typeof Outcomes>> {
    return this.#commands.run(caller, 'needs.publish', key, async (tx, intent) => ({
      results: await this.#proposals.makeReadyAll(tx, proposals, intent),
    }));
  }

  @Post(':id/ready')
  @HttpCode(200)
  @Allow('needs.publish')
  @Versioned()
  @ApiResponse({ status: 200, description: 'On the lists, with its needs', standardSchema: ProposalView })
  async makeReady(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @IfMatch() version: number,
    @Param('id', { schema: Id }) id: string,
  ): Promise<z.infer<typeof ProposalView>> {
    return this.#commands.run(caller, 'needs.publish', key, async (tx, intent) =>
      proposalView(await this.#proposals.makeReady(tx, id, version, intent)),
    );
  }
}
