import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Database } from '../platform/database/database.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import { Cursors, type Page } from '../platform/http/cursor.ts';
import { Allow, CurrentCaller, Key, Versioned } from '../platform/http/decorators.ts';
import type { RequestKey } from '../platform/http/idempotency.ts';
import { ListRegistry, type ListedAs } from '../platform/http/listed.ts';
import { ProjectCommands, type Act } from './commands.ts';
import * as schemas from './schemas.ts';
import { ProjectSearch } from './searching/service.ts';
import { ProjectService } from './service.ts';
import type { Project, ProjectReport } from './store.ts';

type Input<Schema extends z.ZodType> = z.output<Schema>;
type One = Input<typeof schemas.ProjectId>;

const moved = { status: 200, description: 'The project after the command', standardSchema: schemas.ProjectView };

@ApiTags('projects')
@Controller('api/v1/projects')
export class ProjectController {
  readonly #db: Database;
  readonly #projects: ProjectService;
  readonly #commands: ProjectCommands;
  readonly #cursors: Cursors;
  readonly #search: ProjectSearch;

  constructor(db: Database, projects: ProjectService, commands: ProjectCommands, cursors: Cursors, search: ProjectSearch, lists: ListRegistry) {
    this.#db = db;
    this.#projects = projects;
    this.#commands = commands;
    this.#cursors = cursors;
    this.#search = search;
    lists.register('projects', { title: 'projects.list', anyOf: ['projects.read'], personal: false, query: schemas.ProjectQuery, page: ({ caller }, query) => this.list(caller, query), headings: 'projects.column', columns: COLUMNS });
  }

  @Get()
  @Allow('projects.read')
  @ApiResponse({ status: 200, description: 'One page of projects', standardSchema: schemas.ProjectPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: schemas.ProjectQuery }) query: Input<typeof schemas.ProjectQuery>,
  ): Promise<Page<Project>> {
    const { sort, status = '', communityId = '', leadUnit = '', implementerId = '', limit } = query;
    const { search } = query;
    if (search !== undefined) {
      const found = ['projects', 'search', search, status, communityId, leadUnit, implementerId].join('|');
      const best = await this.#db.within(scopeFor(caller, 'projects.read'), (tx) =>
        this.#search.find(tx, search, query, this.#cursors.read(found, query)),
      );
      const page = this.#cursors.page(found, best, limit, ({ row, score }) => ({ sort: score, id: row.id }));
      return { ...page, items: page.items.map(({ row }) => row) };
    }
    const list = ['projects', sort, status, communityId, leadUnit, implementerId].join('|');
    const rows = await this.#db.within(scopeFor(caller, 'projects.read'), (tx) =>
      this.#projects.page(tx, query, sort, this.#cursors.read(list, query)),
    );
    return this.#cursors.page(list, rows, limit, (row) => ({ sort: sort === 'due' ? row.dueOrder : row.ordinal, id: row.id }));
  }

  @Post()
  @Allow('projects.confirm')
  @Versioned()
  @ApiResponse({ ...moved, status: 201, description: 'The new project' })
  open(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: schemas.ProjectToOpen }) body: Input<typeof schemas.ProjectToOpen>,
  ): Promise<Project> {
    return this.#commands.open({ caller, key }, body);
  }

  @Get(':id')
  @Allow('projects.read')
  @Versioned()
  @ApiResponse({ status: 200, description: 'One project', standardSchema: schemas.ProjectView })
  one(@CurrentCaller() caller: Caller, @Param({ schema: schemas.ProjectId }) { id }: One): Promise<Project> {
    return this.#db.within(scopeFor(caller, 'projects.read'), (tx) => this.#projects.get(tx, id));
  }

  @Get(':id/reports')
  @Allow('projects.read')
  @ApiResponse({ status: 200, description: 'Its quarterly reports', standardSchema: z.array(schemas.ReportView) })
  reports(@CurrentCaller() caller: Caller, @Param({ schema: schemas.ProjectId }) { id }: One): Promise<ProjectReport[]> {
    return this.#db.within(scopeFor(caller, 'projects.read'), (tx) => this.#projects.reports(tx, id));
  }

  @Get(':id/contents')
  @Allow('projects.read')
  @ApiResponse({ status: 200, description: 'What was written about it', standardSchema: z.array(schemas.ContentView) })
  contents(@CurrentCaller() caller: Caller, @Param({ schema: schemas.ProjectId }) { id }: One): Promise<unknown[]> {
    return this.#db.within(scopeFor(caller, 'projects.read'), (tx) => this.#projects.contents(tx, id));
  }

  @Get(':id/history')
  @Allow('projects.read')
  @ApiResponse({ status: 200, description: 'What happened, oldest first', standardSchema: z.array(schemas.HistoryEntry) })
  history(
    @CurrentCaller() caller: Caller,
    @Param({ schema: schemas.ProjectId }) { id }: One,
  ): Promise<Input<typeof schemas.HistoryEntry>[]> {
    return this.#projects.history(scopeFor(caller, 'projects.read'), id);
  }

  @Post(':id/consent')
  @HttpCode(200)
  @Allow('projects.accept')
  @Versioned()
  @ApiResponse(moved)
  recordConsent(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ProjectId }) at: One,
    @Body({ schema: schemas.Consent }) body: Input<typeof schemas.Consent>,
  ): Promise<Project> {
    return this.#commands.recordConsent(act(caller, key, at), body);
  }

  @Post(':id/claim')
  @HttpCode(200)
  @Allow('projects.claim')
  @Versioned()
  @ApiResponse(moved)
  claim(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ProjectId }) at: One,
    @Body({ schema: schemas.ForUnit }) body: Input<typeof schemas.ForUnit>,
  ): Promise<Project> {
    return this.#commands.claim(act(caller, key, at), body);
  }

  @Post(':id/decline')
  @HttpCode(200)
  @Allow('projects.claim')
  @Versioned()
  @ApiResponse(moved)
  declineOffer(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ProjectId }) at: One,
    @Body({ schema: schemas.ForUnitWithReason }) body: Input<typeof schemas.ForUnitWithReason>,
  ): Promise<Project> {
    return this.#commands.declineOffer(act(caller, key, at), body);
  }

  @Post(':id/assign')
  @HttpCode(200)
  @Allow('projects.confirm')
  @Versioned()
  @ApiResponse(moved)
  assignUnclaimed(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ProjectId }) at: One,
    @Body({ schema: schemas.Assignment }) body: Input<typeof schemas.Assignment>,
  ): Promise<Project> {
    return this.#commands.assignUnclaimed(act(caller, key, at), body);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Allow('projects.claim')
  @Versioned()
  @ApiResponse(moved)
  withdraw(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ProjectId }) at: One,
    @Body({ schema: schemas.ForUnitWithReason }) body: Input<typeof schemas.ForUnitWithReason>,
  ): Promise<Project> {
    return this.#commands.withdraw(act(caller, key, at), body);
  }

  @Post(':id/agree')
  @HttpCode(200)
  @Allow('projects.claim')
  @Versioned()
  @ApiResponse(moved)
  agree(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ProjectId }) at: One,
    @Body({ schema: schemas.Agreement }) body: Input<typeof schemas.Agreement>,
  ): Promise<Project> {
    return this.#commands.agree(act(caller, key, at), body);
  }

  @Post(':id/start')
  @HttpCode(200)
  @Allow('projects.claim')
  @Versioned()
  @ApiResponse(moved)
  start(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ProjectId }) at: One,
    @Body({ schema: schemas.ForUnit }) body: Input<typeof schemas.ForUnit>,
  ): Promise<Project> {
    return this.#commands.start(act(caller, key, at), body);
  }

  @Post(':id/request-acceptance')
  @HttpCode(200)
  @Allow('projects.report')
  @Versioned()
  @ApiResponse(moved)
  requestAcceptance(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ProjectId }) at: One,
    @Body({ schema: schemas.Summary }) body: Input<typeof schemas.Summary>,
  ): Promise<Project> {
    return this.#commands.requestAcceptance(act(caller, key, at), body);
  }

  @Post(':id/accept')
  @HttpCode(200)
  @Allow('projects.accept')
  @Versioned()
  @ApiResponse(moved)
  accept(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ProjectId }) at: One,
    @Body({ schema: schemas.Finding }) body: Input<typeof schemas.Finding>,
  ): Promise<Project> {
    return this.#commands.accept(act(caller, key, at), body);
  }

  @Post(':id/require-rectification')
  @HttpCode(200)
  @Allow('projects.accept')
  @Versioned()
  @ApiResponse(moved)
  requireRectification(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ProjectId }) at: One,
    @Body({ schema: schemas.Reason }) body: Input<typeof schemas.Reason>,
  ): Promise<Project> {
    return this.#commands.requireRectification(act(caller, key, at), body);
  }

  @Post(':id/submit-rectification')
  @HttpCode(200)
  @Allow('projects.report')
  @Versioned()
  @ApiResponse(moved)
  submitRectification(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ProjectId }) at: One,
    @Body({ schema: schemas.Summary }) body: Input<typeof schemas.Summary>,
  ): Promise<Project> {
    return this.#commands.submitRectification(act(caller, key, at), body);
  }

  @Post(':id/suspend')
  @HttpCode(200)
  @Allow('projects.confirm')
  @Versioned()
  @ApiResponse(moved)
  suspend(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ProjectId }) at: One,
    @Body({ schema: schemas.Reason }) body: Input<typeof schemas.Reason>,
  ): Promise<Project> {
    return this.#commands.suspend(act(caller, key, at), body);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Allow('projects.confirm')
  @Versioned()
  @ApiResponse(moved)
  resume(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ProjectId }) at: One,
    @Body({ schema: schemas.Nothing }) _: Input<typeof schemas.Nothing>,
  ): Promise<Project> {
    return this.#commands.resume(act(caller, key, at));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('projects.confirm')
  @Versioned()
  @ApiResponse(moved)
  cancel(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ProjectId }) at: One,
    @Body({ schema: schemas.Reason }) body: Input<typeof schemas.Reason>,
  ): Promise<Project> {
    return this.#commands.cancel(act(caller, key, at), body);
  }

  @Post(':id/close-without-award')
  @HttpCode(200)
  @Allow('projects.confirm')
  @Versioned()
  @ApiResponse(moved)
  closeWithoutAward(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ProjectId }) at: One,
    @Body({ schema: schemas.Reason }) body: Input<typeof schemas.Reason>,
  ): Promise<Project> {
    return this.#commands.closeWithoutAward(act(caller, key, at), body);
  }
}

function act(caller: Caller, key: RequestKey, { id }: { readonly id: string }): Act {
  return { caller, key, id };
}

const COLUMNS: ListedAs<Input<typeof schemas.ProjectQuery>, Project>['columns'] = {
  number: ({ number }) => number,
  title: ({ title }) => title,
  community: ({ communityId }) => ({ unit: communityId }),
  category: ({ category }) => ({ text: `needs.category.${category}` }),
  status: ({ status }) => ({ text: `projects.status.${status}` }),
  lead: ({ leadUnit }) => ({ unit: leadUnit }),
  implementer: ({ implementerId }) => ({ unit: implementerId }),
  budget: ({ budgetFen }) => ({ fen: budgetFen }),
  due: ({ due }) => ({ at: due }),
  late: ({ late }) => (late ? { text: 'projects.report.late' } : null),
  grade: ({ grade }) => grade,
  award: ({ awardFen }) => ({ fen: awardFen }),
};
