import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Database } from '../platform/database/database.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import { Cursors, type Page } from '../platform/http/cursor.ts';
import { Allow, CurrentCaller, Key, Versioned } from '../platform/http/decorators.ts';
import type { RequestKey } from '../platform/http/idempotency.ts';
import { ListRegistry, type ListedAs } from '../platform/http/listed.ts';
import { QuarterCommands, type Opened } from './commands.ts';
import { heardQuarter } from './model.ts';
import { countReports, type ReportDue } from './reports/model.ts';
import * as schemas from './schemas.ts';
import { QuarterService } from './service.ts';
import type { QuarterCycle } from './store.ts';

type Input<Schema extends z.ZodType> = z.output<Schema>;
type One = Input<typeof schemas.QuarterKey>;

const moved = { status: 200, description: 'The quarter after the command', standardSchema: schemas.CycleView };

@ApiTags('quarters')
@Controller('api/v1/quarters')
export class QuarterController {
  readonly #db: Database;
  readonly #quarters: QuarterService;
  readonly #commands: QuarterCommands;
  readonly #cursors: Cursors;

  constructor(db: Database, quarters: QuarterService, commands: QuarterCommands, cursors: Cursors, lists: ListRegistry) {
    this.#db = db;
    this.#quarters = quarters;
    this.#commands = commands;
    this.#cursors = cursors;
    lists.register('quarters', { title: 'quarters.list', anyOf: ['meetings.read'], personal: false, query: schemas.QuarterQuery, page: ({ caller }, query) => this.list(caller, query), headings: 'quarters.column', columns: COLUMNS });
  }

  @Get()
  @Allow('meetings.read')
  @ApiResponse({ status: 200, description: 'Quarters of communities, newest first', standardSchema: schemas.CyclePage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: schemas.QuarterQuery }) query: Input<typeof schemas.QuarterQuery>,
  ): Promise<Page<Input<typeof schemas.CycleView>>> {
    const { quarter, communityId, limit } = query;
    const list = ['quarters', quarter ?? '', communityId ?? ''].join('|');
    const { after } = this.#cursors.read(list, query);
    const rows = await this.#db.within(scopeFor(caller, 'meetings.read'), (tx) =>
      this.#quarters.page(
        tx,
        { quarter, communityId },
        { limit, after: after && { quarter: String(after.sort), communityId: after.id } },
      ),
    );
    const page = this.#cursors.page(list, rows, limit, (row) => ({ sort: row.quarter, id: row.communityId }));
    return { ...page, items: page.items.map(cycleView) };
  }

  @Post('open-due')
  @HttpCode(200)
  @Allow('meetings.run')
  @ApiResponse({ status: 200, description: 'The quarters opened by this call', standardSchema: schemas.OpenedCycles })
  async openDue(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: schemas.OpenDue }) body: Input<typeof schemas.OpenDue>,
  ): Promise<Input<typeof schemas.OpenedCycles>> {
    const { items, recounted }: Opened = await this.#commands.openDue(caller, key, body);
    return { items: items.map(cycleView), recounted };
  }

  @Get(':communityId/:quarter')
  @Allow('meetings.read')
  @Versioned()
  @ApiResponse({ status: 200, description: 'One quarter: who has reported, who has not', standardSchema: schemas.CycleDetail })
  one(
    @CurrentCaller() caller: Caller,
    @Param({ schema: schemas.QuarterKey }) { communityId, quarter }: One,
  ): Promise<Input<typeof schemas.CycleDetail>> {
    return this.#db.within(scopeFor(caller, 'meetings.read'), async (tx) => {
      const cycle = await this.#quarters.get(tx, communityId, quarter);
      const reports = await this.#quarters.reportsHeard(tx, communityId, quarter);
      const snapshots = await this.#quarters.snapshots(tx, communityId, quarter);
      const contents = await this.#quarters.contents(tx, communityId, quarter);
      return {
        ...cycleView(cycle),
        hears: heardQuarter(quarter),
        counts: countReports(reports),
        reports: reports.map((report) => reportView(report, cycle)),
        contents,
        snapshots: snapshots.map(({ kind, hash, at }) => ({ kind, hash: hash.toString('base64url'), at })),
      };
    });
  }

  @Post(':communityId/:quarter/move-meeting')
  @HttpCode(200)
  @Allow('meetings.run')
  @Versioned()
  @ApiResponse(moved)
  async moveMeeting(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.QuarterKey }) one: One,
    @Body({ schema: schemas.MoveMeeting }) body: Input<typeof schemas.MoveMeeting>,
  ): Promise<Input<typeof schemas.CycleView>> {
    return cycleView(await this.#commands.moveMeeting({ caller, key, ...one }, body));
  }

  @Post(':communityId/:quarter/record-meeting')
  @HttpCode(200)
  @Allow('meetings.run')
  @Versioned()
  @ApiResponse(moved)
  async recordMeeting(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.QuarterKey }) one: One,
    @Body({ schema: schemas.MeetingRecord }) body: Input<typeof schemas.MeetingRecord>,
  ): Promise<Input<typeof schemas.CycleView>> {
    return cycleView(await this.#commands.recordMeeting({ caller, key, ...one }, body));
  }

  @Post(':communityId/:quarter/publish-report')
  @HttpCode(200)
  @Allow('meetings.run')
  @Versioned()
  @ApiResponse(moved)
  async publishReport(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.QuarterKey }) one: One,
    @Body({ schema: schemas.Nothing }) _nothing: Input<typeof schemas.Nothing>,
  ): Promise<Input<typeof schemas.CycleView>> {
    return cycleView(await this.#commands.publishReport({ caller, key, ...one }));
  }
}

function cycleView(cycle: QuarterCycle): Input<typeof schemas.CycleView> {
  const { orgPath: _path, policyVersion: _policy, meetingFixed: _fixed, calendarVersion: _calendar, ...view } = cycle;
  return { ...view, status: view.status as Input<typeof schemas.CycleView>['status'] };
}

function reportView(report: ReportDue, { publishedAt }: QuarterCycle): Input<typeof schemas.CycleDetail>['reports'][number] {
  const { projectId, unitId, due, outcome, late, reminded, submittedAt, settledAt } = report;
  const addendum = publishedAt !== null && submittedAt !== null && submittedAt > publishedAt;
  return { projectId, unitId, due, state: outcome ?? 'missing', late, addendum, reminded, submittedAt, settledAt };
}

const COLUMNS: ListedAs<Input<typeof schemas.QuarterQuery>, Input<typeof schemas.CycleView>>['columns'] = {
  community: ({ communityId }) => ({ unit: communityId }),
  quarter: ({ quarter }) => quarter,
  status: ({ status }) => ({ text: `quarters.status.${status}` }),
  meetingOn: ({ meetingOn }) => meetingOn,
  reportsDue: ({ reportsDue }) => ({ at: reportsDue }),
  asked: ({ asked }) => asked,
  resolutions: ({ resolutions }) => resolutions,
  heldAt: ({ heldAt }) => ({ at: heldAt }),
  publishedAt: ({ publishedAt }) => ({ at: publishedAt }),
};
