import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Database } from '../platform/database/database.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import { Cursors } from '../platform/http/cursor.ts';
import { Allow, CurrentCaller, Key, Unkeyed, Versioned } from '../platform/http/decorators.ts';
import type { RequestKey } from '../platform/http/idempotency.ts';
import { ListRegistry, type ListedAs } from '../platform/http/listed.ts';
import { MatchingCommands } from './commands.ts';
import * as schemas from './schemas.ts';
import type { SizedPlan } from './sized/model.ts';
import type { Difference } from './difference.ts';
import type { Preview } from './running/model.ts';
import { MatchingService, type ExplainedDecision } from './service.ts';
import type { Flow, MatchingRun, StoredDecision } from './store.ts';

type Input<Schema extends z.ZodType> = z.output<Schema>;
type One = Input<typeof schemas.RunId>;
type RunView = Omit<MatchingRun, 'orgPath'>;
type DecisionView<Row extends StoredDecision = StoredDecision> = Omit<Row, 'id'>;

const moved = { status: 200, description: 'The run after the command', standardSchema: schemas.RunView };

function runView({ orgPath: _orgPath, ...view }: MatchingRun): RunView {
  return view;
}

function decisionView<Row extends StoredDecision>({ id: _id, ...view }: Row): DecisionView<Row> {
  return view;
}

@ApiTags('matching')
@Controller('api/v1/matching-runs')
export class MatchingController {
  readonly #db: Database;
  readonly #matching: MatchingService;
  readonly #commands: MatchingCommands;
  readonly #cursors: Cursors;

  constructor(db: Database, matching: MatchingService, commands: MatchingCommands, cursors: Cursors, lists: ListRegistry) {
    this.#db = db;
    this.#matching = matching;
    this.#commands = commands;
    this.#cursors = cursors;
    lists.register('matching-runs', { title: 'matching.list', anyOf: ['matching.read'], personal: false, query: schemas.RunQuery, page: ({ caller }, query) => this.list(caller, query), headings: 'matching.column', columns: COLUMNS });
  }

  @Get()
  @Allow('matching.read')
  @ApiResponse({ status: 200, description: 'Newest first', standardSchema: schemas.RunPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: schemas.RunQuery }) query: Input<typeof schemas.RunQuery>,
  ): Promise<{ items: RunView[]; next: string | null }> {
    const list = `matching-runs/${query.status ?? ''}`;
    const page = this.#cursors.read(list, query);
    const rows = await this.#db.within(scopeFor(caller, 'matching.read'), (tx) => this.#matching.page(tx, query.status, page));
    const found = this.#cursors.page(list, rows, query.limit, (row) => ({ sort: row.openedAt, id: row.id }));
    return { ...found, items: found.items.map(runView) };
  }

  @Post()
  @Allow('matching.run')
  @Versioned()
  @ApiResponse({ ...moved, status: 201, description: 'Frozen; the plan follows' })
  async open(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: schemas.Nothing }) _body: Input<typeof schemas.Nothing>,
  ): Promise<RunView> {
    return runView(await this.#commands.open({ caller, key }));
  }

  @Get(':id')
  @Allow('matching.read')
  @Versioned()
  @ApiResponse({ status: 200, description: 'One run', standardSchema: schemas.RunView })
  async one(@CurrentCaller() caller: Caller, @Param({ schema: schemas.RunId }) { id }: One): Promise<RunView> {
    return this.#db.within(scopeFor(caller, 'matching.read'), async (tx) => runView(await this.#matching.get(tx, id)));
  }

  @Get(':id/decisions')
  @Allow('matching.read')
  @ApiResponse({ status: 200, description: 'Why each proposal goes where it goes', standardSchema: schemas.DecisionPage })
  async decisions(
    @CurrentCaller() caller: Caller,
    @Param({ schema: schemas.RunId }) { id }: One,
    @Query({ schema: schemas.DecisionQuery }) query: Input<typeof schemas.DecisionQuery>,
  ): Promise<{ items: DecisionView<ExplainedDecision>[]; next: string | null }> {
    const { cursor: _cursor, limit: _limit, ...filter } = query;
    const list = `matching-decisions/${id}/${JSON.stringify(filter)}`;
    const page = this.#cursors.read(list, query);
    const rows = await this.#db.within(scopeFor(caller, 'matching.read'), (tx) => this.#matching.decisions(tx, id, filter, page));
    const found = this.#cursors.page(list, rows, query.limit, (row) => ({ sort: null, id: row.proposalId }));
    return { ...found, items: found.items.map(decisionView) };
  }

  @Get(':id/flows')
  @Allow('matching.read')
  @ApiResponse({ status: 200, description: 'The plan at a glance', standardSchema: schemas.FlowsView })
  async flows(@CurrentCaller() caller: Caller, @Param({ schema: schemas.RunId }) { id }: One): Promise<{ items: Flow[] }> {
    return { items: await this.#db.within(scopeFor(caller, 'matching.read'), (tx) => this.#matching.flows(tx, id)) };
  }

  @Get(':id/reasons')
  @Allow('matching.read')
  @ApiResponse({ status: 200, description: 'Why people changed or cancelled it', standardSchema: z.array(schemas.ReasonView) })
  async reasons(@CurrentCaller() caller: Caller, @Param({ schema: schemas.RunId }) { id }: One): Promise<unknown[]> {
    const rows = await this.#db.within(scopeFor(caller, 'matching.read'), (tx) => this.#matching.reasons(tx, id));
    return rows.map(({ id: reasonId, kind, reason, author, at }) => ({ id: reasonId, kind, reason, author, at }));
  }

  @Get(':id/plan')
  @Allow('matching.read')
  @ApiResponse({ status: 200, description: 'For tools/verify-plan.mjs', standardSchema: schemas.PlanFileView })
  async plan(@CurrentCaller() caller: Caller, @Param({ schema: schemas.RunId }) { id }: One): Promise<StreamableFile> {
    const bytes = await this.#matching.file((work) => this.#db.within(scopeFor(caller, 'matching.read'), work), id);
    return new StreamableFile(bytes, { type: 'application/json; charset=utf-8', length: bytes.length });
  }

  @Post(':id/preview')
  @HttpCode(200)
  @Unkeyed()
  @Allow('matching.override')
  @ApiResponse({ status: 200, description: 'What the choices would cost; nothing is changed', standardSchema: schemas.PreviewView })
  async preview(
    @CurrentCaller() caller: Caller,
    @Param({ schema: schemas.RunId }) { id }: One,
    @Body({ schema: schemas.Choices }) { choices }: Input<typeof schemas.Choices>,
  ): Promise<Preview> {
    const scope = scopeFor(caller, 'matching.override');
    return this.#matching.preview((work) => this.#db.within(scope, work), id, choices);
  }

  @Post(':id/sized')
  @HttpCode(200)
  @Unkeyed()
  @Allow('matching.override')
  @ApiResponse({ status: 200, description: 'What if offers were given out by hours or money; nothing is changed', standardSchema: schemas.SizedPlanView })
  async sized(
    @CurrentCaller() caller: Caller,
    @Param({ schema: schemas.RunId }) { id }: One,
    @Body({ schema: schemas.SizedQuestion }) asked: Input<typeof schemas.SizedQuestion>,
  ): Promise<SizedPlan> {
    const scope = scopeFor(caller, 'matching.override');
    return this.#matching.sized((work) => this.#db.within(scope, work), id, asked);
  }

  @Get(':id/difference')
  @Allow('matching.read')
  @ApiResponse({ status: 200, description: 'Against the plan before; null for a first plan', standardSchema: schemas.DifferenceAnswer })
  async difference(@CurrentCaller() caller: Caller, @Param({ schema: schemas.RunId }) { id }: One): Promise<{ difference: Difference | null }> {
    return this.#db.within(scopeFor(caller, 'matching.read'), async (tx) => ({ difference: await this.#matching.difference(tx, id) }));
  }

  @Post(':id/replan')
  @HttpCode(200)
  @Allow('matching.run')
  @Versioned()
  @ApiResponse({ ...moved, description: 'Gathered anew; the plan and its difference follow' })
  async replan(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.RunId }) { id }: One,
    @Body({ schema: schemas.Nothing }) _body: Input<typeof schemas.Nothing>,
  ): Promise<RunView> {
    return runView(await this.#commands.replan({ caller, key, id }));
  }

  @Post(':id/change')
  @HttpCode(200)
  @Allow('matching.override')
  @Versioned()
  @ApiResponse(moved)
  async change(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.RunId }) { id }: One,
    @Body({ schema: schemas.Change }) body: Input<typeof schemas.Change>,
  ): Promise<RunView> {
    return runView(await this.#commands.change({ caller, key, id }, body));
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @Allow('matching.confirm')
  @Versioned()
  @ApiResponse(moved)
  async confirm(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.RunId }) { id }: One,
    @Body({ schema: schemas.Confirmation }) body: Input<typeof schemas.Confirmation>,
  ): Promise<RunView> {
    return runView(await this.#commands.confirm({ caller, key, id }, body));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('matching.confirm')
  @Versioned()
  @ApiResponse(moved)
  async cancel(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.RunId }) { id }: One,
    @Body({ schema: schemas.Cancellation }) body: Input<typeof schemas.Cancellation>,
  ): Promise<RunView> {
    return runView(await this.#commands.cancel({ caller, key, id }, body));
  }
}

@ApiTags('matching')
@Controller('api/v1/proposals')
export class ProposalDecisionController {
  readonly #db: Database;
  readonly #matching: MatchingService;

  constructor(db: Database, matching: MatchingService) {
    this.#db = db;
    this.#matching = matching;
  }

  @Get(':id/decisions')
  @Allow('matching.read')
  @ApiResponse({ status: 200, description: 'All decisions about one proposal, oldest first', standardSchema: schemas.DecisionHistory })
  async history(@CurrentCaller() caller: Caller, @Param({ schema: schemas.RunId }) { id }: One): Promise<{ items: DecisionView[] }> {
    const rows = await this.#db.within(scopeFor(caller, 'matching.read'), (tx) => this.#matching.history(tx, id));
    return { items: rows.map(decisionView) };
  }
}

/** Points with their hundredths, as the page shows them. */
const pointed = (hundredths: number | null): number | null => (hundredths === null ? null : hundredths / 100);

const COLUMNS: ListedAs<Input<typeof schemas.RunQuery>, RunView>['columns'] = {
  opened: ({ openedAt }) => ({ at: openedAt }),
  status: ({ status }) => ({ text: `matching.run.${status}` }),
  policyVersion: ({ policyVersion }) => policyVersion,
  revision: ({ revision }) => revision,
  changes: ({ choices }) => choices.length,
  matched: ({ matched }) => matched,
  unmatched: ({ unmatched }) => unmatched,
  value: ({ value }) => pointed(value),
  price: ({ price }) => pointed(price),
  projects: ({ projects }) => projects,
  due: ({ status, due }) => ({ at: status === 'solved' ? due : null }),
  decided: ({ decidedAt }) => ({ at: decidedAt }),
  plan: ({ planHash }) => planHash,
};
