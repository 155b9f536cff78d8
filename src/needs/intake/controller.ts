import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Cursors } from '../../platform/http/cursor.ts';
import { Allow, CurrentCaller, Key } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { ListRegistry, type ListedAs } from '../../platform/http/listed.ts';
import { NeedsCommands } from '../commands.ts';
import { WithdrawForBody } from '../consent/schemas.ts';
import { SurveyParam } from '../survey/schemas.ts';
import { IntakeCommands } from './commands.ts';
import * as schemas from './schemas.ts';
import { IntakeService } from './service.ts';

type Input<Schema extends z.ZodType> = z.output<Schema>;
type One = Input<typeof schemas.SubmissionParam>;
type Written = z.infer<typeof schemas.SubmissionWritten>;
type View = z.infer<typeof schemas.SubmissionView>;

const READ = 'people.read';
const settled = { status: 200, description: 'The submission as it stands now', standardSchema: schemas.SubmissionView };

const written = { status: 201, description: 'Written down for a resident, with their consent; the code is shown this once', standardSchema: schemas.SubmissionWritten };

/** What residents have sent, as the staff of their community see it. */
@ApiTags('surveys')
@Controller('api/v1')
export class IntakeController {
  readonly #needs: NeedsCommands;
  readonly #commands: IntakeCommands;
  readonly #intake: IntakeService;
  readonly #cursors: Cursors;

  constructor(needs: NeedsCommands, commands: IntakeCommands, intake: IntakeService, cursors: Cursors, lists: ListRegistry) {
    this.#needs = needs;
    this.#commands = commands;
    this.#intake = intake;
    this.#cursors = cursors;
    lists.register('submissions', { title: 'needs.list.submissions', anyOf: [READ], personal: true, query: schemas.SubmissionQuery, page: ({ caller }, query) => this.list(caller, query), headings: 'needs.column', columns: COLUMNS });
  }

  @Post('surveys/:id/answers')
  @Allow('needs.triage')
  @ApiResponse(written)
  async write(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: SurveyParam }) { id }: One,
    @Body({ schema: schemas.StaffAnswerBody }) body: Input<typeof schemas.StaffAnswerBody>,
  ): Promise<Written> {
    const { followUpCode, ...submission } = await this.#commands.writeAnswer(caller, key, id, body);
    return { ...schemas.submissionView(submission), followUpCode };
  }

  @Post('submissions')
  @Allow('needs.triage')
  @ApiResponse(written)
  async writeNeed(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: schemas.StaffNeedBody }) body: Input<typeof schemas.StaffNeedBody>,
  ): Promise<Written> {
    const { followUpCode, ...submission } = await this.#commands.writeNeed(caller, key, body);
    return { ...schemas.submissionView(submission), followUpCode };
  }

  @Get('submissions')
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'Newest first', standardSchema: schemas.SubmissionPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: schemas.SubmissionQuery }) query: Input<typeof schemas.SubmissionQuery>,
  ): Promise<z.infer<typeof schemas.SubmissionPage>> {
    const { state, surveyId, communityId } = query;
    const list = `submissions/${JSON.stringify([state, surveyId, communityId])}`;
    const page = this.#cursors.read(list, query);
    const rows = await this.#needs.read(scopeFor(caller, READ), (tx) => this.#intake.page(tx, { state, surveyId, communityId }, page));
    const found = this.#cursors.page(list, rows, page.limit, ({ submittedAt, id }) => ({ sort: submittedAt, id }));
    return { ...found, items: found.items.map(schemas.submissionView) };
  }

  @Get('submissions/:id')
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'In the clear; the contact is masked. Reading it is audited', standardSchema: schemas.SubmissionDetail })
  async one(
    @CurrentCaller() caller: Caller,
    @Param({ schema: schemas.SubmissionParam }) { id }: One,
  ): Promise<z.infer<typeof schemas.SubmissionDetail>> {
    return this.#needs.read(scopeFor(caller, READ), async (tx) => {
      const trace = { accountId: caller.accountId, personId: caller.personId };
      return schemas.submissionDetail(await this.#intake.open(tx, id, { at: await this.#needs.now(tx), trace }));
    });
  }

  @Post('submissions/:id/accept')
  @HttpCode(200)
  @Allow('needs.triage')
  @ApiResponse(settled)
  async accept(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.SubmissionParam }) { id }: One,
    @Body({ schema: schemas.AcceptBody }) { category }: Input<typeof schemas.AcceptBody>,
  ): Promise<View> {
    return schemas.submissionView(await this.#commands.settle(caller, key, id, { accepted: true, category }));
  }

  @Post('submissions/:id/withdraw-consent')
  @HttpCode(200)
  @Allow('needs.triage')
  @ApiResponse({ ...settled, description: 'Taken back for a resident; again changes nothing' })
  async withdraw(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.SubmissionParam }) { id }: One,
    @Body({ schema: WithdrawForBody }) { channel }: Input<typeof WithdrawForBody>,
  ): Promise<View> {
    return schemas.submissionView(await this.#commands.withdrawFor(caller, key, id, channel));
  }

  @Post('submissions/:id/reject')
  @HttpCode(200)
  @Allow('needs.triage')
  @ApiResponse(settled)
  async reject(@CurrentCaller() caller: Caller, @Key() key: RequestKey, @Param({ schema: schemas.SubmissionParam }) { id }: One): Promise<View> {
    return schemas.submissionView(await this.#commands.settle(caller, key, id, { accepted: false }));
  }
}

const COLUMNS: ListedAs<Input<typeof schemas.SubmissionQuery>, View>['columns'] = {
  submittedAt: ({ submittedAt }) => ({ at: submittedAt }),
  community: ({ communityId }) => ({ unit: communityId }),
  sentBy: ({ channel }) => ({ text: `needs.sentBy.${channel}` }),
  category: ({ category }) => category && { text: `needs.category.${category}` },
  state: ({ state }) => ({ text: `needs.submission.${state}` }),
  doubts: ({ doubts }) => doubts.map((doubt) => ({ text: `needs.doubt.${doubt}` })),
};
