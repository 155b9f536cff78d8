import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { tenantId } from '../../kernel/scope.ts';
import { Cursors } from '../../platform/http/cursor.ts';
import { Public } from '../../platform/http/decorators.ts';
import type { LoopReport } from '../model.ts';
import { LoopReportView } from '../schemas.ts';
import { publicStage, statusesOf } from './model.ts';
import * as schemas from './schemas.ts';
import { PublicService } from './service.ts';

type Input<Schema extends z.ZodType> = z.output<Schema>;
type Project = z.infer<typeof schemas.ProjectPage>['items'][number];
type Row = Awaited<ReturnType<PublicService['projects']>>[number];

/** What everybody may read, without an account: organisations by name, persons never. */
@ApiTags('public')
@Controller('api/v1/public')
export class PublicController {
  readonly #public: PublicService;
  readonly #cursors: Cursors;

  constructor(service: PublicService, cursors: Cursors) {
    this.#public = service;
    this.#cursors = cursors;
  }

  @Get('districts')
  @Public()
  @ApiResponse({ status: 200, description: 'Whose public pages there are here', standardSchema: schemas.DistrictList })
  async districts(): Promise<z.infer<typeof schemas.DistrictList>> {
    return { items: await this.#public.districts() };
  }

  @Get('communities')
  @Public()
  @ApiResponse({ status: 200, description: 'By code', standardSchema: schemas.CommunityList })
  async communities(
    @Query({ schema: schemas.DistrictQuery }) { tenant }: Input<typeof schemas.DistrictQuery>,
  ): Promise<z.infer<typeof schemas.CommunityList>> {
    return { items: await this.#public.read(tenantId(tenant), (tx) => this.#public.communities(tx)) };
  }

  @Get('projects')
  @Public()
  @ApiResponse({ status: 200, description: 'Newest first, without the cancelled', standardSchema: schemas.ProjectPage })
  async projects(
    @Query({ schema: schemas.ProjectQuery }) query: Input<typeof schemas.ProjectQuery>,
  ): Promise<z.infer<typeof schemas.ProjectPage>> {
    const { tenant, stage, communityId, category } = query;
    const list = ['public-projects', tenant, stage, communityId, category].join('/');
    const page = this.#cursors.read(list, query);
    const filter = { statuses: stage && statusesOf(stage), communityId, category };
    const rows = await this.#public.read(tenantId(tenant), (tx) => this.#public.projects(tx, filter, page));
    const found = this.#cursors.page(list, rows, page.limit, ({ ordinal, id }) => ({ sort: ordinal, id }));
    return { ...found, items: found.items.map(projectView) };
  }

  @Get('projects/:id')
  @Public()
  @ApiResponse({ status: 200, description: 'With what its accepted reports counted', standardSchema: schemas.ProjectDetail })
  async project(
    @Param({ schema: schemas.ProjectParam }) { id }: Input<typeof schemas.ProjectParam>,
    @Query({ schema: schemas.DistrictQuery }) { tenant }: Input<typeof schemas.DistrictQuery>,
  ): Promise<z.infer<typeof schemas.ProjectDetail>> {
    const { project, ...rest } = await this.#public.read(tenantId(tenant), (tx) => this.#public.project(tx, id));
    return { ...projectView(project), ...rest };
  }

  @Get('notices')
  @Public()
  @ApiResponse({ status: 200, description: 'Awards that may be objected to, soonest over first, and the last that no longer may', standardSchema: schemas.NoticeList })
  async notices(
    @Query({ schema: schemas.DistrictQuery }) { tenant }: Input<typeof schemas.DistrictQuery>,
  ): Promise<z.infer<typeof schemas.NoticeList>> {
    return { items: await this.#public.read(tenantId(tenant), (tx) => this.#public.notices(tx)) };
  }

  @Get('results')
  @Public()
  @ApiResponse({ status: 200, description: 'Quarters that were published, newest first', standardSchema: schemas.PublishedList })
  async published(
    @Query({ schema: schemas.DistrictQuery }) { tenant }: Input<typeof schemas.DistrictQuery>,
  ): Promise<z.infer<typeof schemas.PublishedList>> {
    return { items: await this.#public.read(tenantId(tenant), (tx) => this.#public.publishedQuarters(tx)) };
  }

  @Get('results/:quarter')
  @Public()
  @ApiResponse({ status: 200, description: 'Of the communities that have published', standardSchema: LoopReportView })
  results(
    @Param({ schema: schemas.QuarterParam }) { quarter }: Input<typeof schemas.QuarterParam>,
    @Query({ schema: schemas.DistrictQuery }) { tenant }: Input<typeof schemas.DistrictQuery>,
  ): Promise<LoopReport> {
    return this.#public.read(tenantId(tenant), (tx) => this.#public.results(tx, quarter));
  }
}

function projectView({ ordinal: _, status, ...row }: Row): Project {
  return { ...row, stage: publicStage(status) };
}
