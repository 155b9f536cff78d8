import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Database } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Cursors, type Page } from '../../platform/http/cursor.ts';
import { Allow, CurrentCaller, Key, Versioned } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { ListRegistry, type ListedAs } from '../../platform/http/listed.ts';
import { ProjectService } from '../../projects/service.ts';
import { AwardCommands } from './commands.ts';
import * as schemas from './schemas.ts';
import { AwardService } from './service.ts';
import type { Award } from './store.ts';

type Input<Schema extends z.ZodType> = z.output<Schema>;
type One = Input<typeof schemas.AwardParam>;
type View = z.infer<typeof schemas.AwardView>;
type NamedAward = View & { readonly number: string; readonly title: string };

const LIST = 'awards';
const moved = { status: 200, description: 'The award after the command', standardSchema: schemas.AwardView };

function view({ orgPath: _, ...award }: Award): View {
  return award;
}

@ApiTags('awards')
@Controller('api/v1/awards')
export class AwardController {
  readonly #database: Database;
  readonly #awards: AwardService;
  readonly #commands: AwardCommands;
  readonly #cursors: Cursors;
  readonly #projects: ProjectService;

  constructor(database: Database, awards: AwardService, commands: AwardCommands, cursors: Cursors, projects: ProjectService, lists: ListRegistry) {
    this.#database = database;
    this.#awards = awards;
    this.#commands = commands;
    this.#cursors = cursors;
    this.#projects = projects;
    lists.register('awards', { title: 'evaluation.award.list', anyOf: ['evaluation.read'], personal: false, query: schemas.AwardQuery, page: ({ caller }, query) => this.#named(caller, query), headings: 'evaluation.award.column', columns: COLUMNS });
  }

  @Get()
  @Allow('evaluation.read')
  @ApiResponse({ status: 200, description: 'Awards, newest first', standardSchema: schemas.AwardPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: schemas.AwardQuery }) query: Input<typeof schemas.AwardQuery>,
  ): Promise<z.infer<typeof schemas.AwardPage>> {
    const { status, projectId } = query;
    const list = `${LIST}/${status ?? ''}/${projectId ?? ''}`;
    const page = this.#cursors.read(list, query);
    const rows = await this.#database.within(scopeFor(caller, 'evaluation.read'), (tx) => this.#awards.page(tx, { status, projectId }, page));
    return this.#cursors.page(list, rows.map(view), page.limit, ({ proposedAt, id }) => ({ sort: proposedAt, id }));
  }

  /** With the project that each is for: a file has no page behind its rows. */
  async #named(caller: Caller, query: Input<typeof schemas.AwardQuery>): Promise<Page<NamedAward>> {
    const page = await this.list(caller, query);
    const titles = await this.#database.within(scopeFor(caller, 'evaluation.read'), (tx) => this.#projects.titles(tx, page.items.map(({ projectId }) => projectId)));
    return { ...page, items: page.items.map((award) => ({ ...award, ...(titles.get(award.projectId) ?? { number: '', title: '' }) })) };
  }

  @Get(':id')
  @Versioned()
  @Allow('evaluation.read')
  @ApiResponse({ status: 200, description: 'One award with what was written about it', standardSchema: schemas.AwardFile })
  async one(
    @CurrentCaller() caller: Caller,
    @Param({ schema: schemas.AwardParam }) { id }: One,
  ): Promise<z.infer<typeof schemas.AwardFile>> {
    return this.#database.within(scopeFor(caller, 'evaluation.read'), async (tx) => ({
      ...view(await this.#awards.get(tx, id)),
      contents: await this.#awards.contents(tx, id),
    }));
  }

  @Post()
  @HttpCode(200)
  @Allow('evaluation.grade')
  @ApiResponse(moved)
  async propose(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: schemas.AwardToPropose }) body: Input<typeof schemas.AwardToPropose>,
  ): Promise<View> {
    return view(await this.#commands.propose(caller, key, body));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Allow('money.approve')
  @ApiResponse(moved)
  async approve(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.AwardParam }) { id }: One,
    @Body({ schema: schemas.AwardApproval }) { digest }: Input<typeof schemas.AwardApproval>,
  ): Promise<View> {
    return view(await this.#commands.approve({ caller, key, id }, digest));
  }

  @Post(':id/refuse')
  @HttpCode(200)
  @Allow('money.approve')
  @ApiResponse(moved)
  async refuse(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.AwardParam }) { id }: One,
    @Body({ schema: schemas.AwardReason }) { reason }: Input<typeof schemas.AwardReason>,
  ): Promise<View> {
    return view(await this.#commands.refuse({ caller, key, id }, reason));
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Allow('evaluation.grade')
  @ApiResponse(moved)
  async withdraw(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.AwardParam }) { id }: One,
    @Body({ schema: schemas.AwardReason }) { reason }: Input<typeof schemas.AwardReason>,
  ): Promise<View> {
    return view(await this.#commands.withdraw({ caller, key, id }, reason));
  }

  @Post(':id/answer-objection')
  @HttpCode(200)
  @Allow('evaluation.grade')
  @ApiResponse(moved)
  async answerObjection(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.AwardParam }) { id }: One,
    @Body({ schema: schemas.ObjectionAnswer }) body: Input<typeof schemas.ObjectionAnswer>,
  ): Promise<View> {
    return view(await this.#commands.answerObjection({ caller, key, id }, body));
  }
}

const COLUMNS: ListedAs<Input<typeof schemas.AwardQuery>, NamedAward>['columns'] = {
  number: ({ number }) => number,
  project: ({ title }) => title,
  community: ({ communityId }) => ({ unit: communityId }),
  recipient: ({ recipientId }) => ({ unit: recipientId }),
  amount: ({ amountFen }) => ({ fen: amountFen }),
  status: ({ status }) => ({ text: `evaluation.award.status.${status}` }),
  approvals: ({ given, needed }) => `${given}/${needed}`,
  proposedAt: ({ proposedAt }) => ({ at: proposedAt }),
  due: ({ status, due }) => ({ at: status === 'noticed' ? due : null }),
};
