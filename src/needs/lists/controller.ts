import { Controller, Get, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { WHOLE_TENANT, type Scope } from '../../kernel/scope.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Cursors, type Page, type PageRequest, type Position } from '../../platform/http/cursor.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Allow, CurrentCaller } from '../../platform/http/decorators.ts';
import { ListRegistry, type ListedAs } from '../../platform/http/listed.ts';
import { NeedsCommands } from '../commands.ts';
import { urgencyRank, type Need } from '../need/model.ts';
import { OFFER_COLUMNS, offerView } from '../offer/schemas.ts';
import { PROPOSAL_COLUMNS, proposalView } from '../proposal/schemas.ts';
import { NeedList, NeedListQuery, ProjectList, ProjectListQuery, ResourceList, ResourceListQuery, type ListedNeed } from './schemas.ts';
import { ListService, type ListName } from './service.ts';

const PERMISSION: Readonly<Record<ListName, string>> = { needs: 'needs.read', resources: 'offers.read', projects: 'projects.read' };

function listed(need: Need): z.infer<typeof ListedNeed> {
  const { id, number, communityId, place, category, urgency, peopleAffected, publicText, state } = need;
  return { id, number, communityId, place, category, urgency, peopleAffected, publicText, state };
}

interface Listing<Row, Item> {
  readonly permission: string;
  readonly list: string;
  readonly query: { readonly cursor?: string | undefined; readonly limit: number };
  readonly read: (tx: Tx, page: PageRequest) => Promise<Row[]>;
  readonly position: (row: Row) => Position;
  readonly view: (row: Row) => Item;
}

/** 三张清单: public texts of the whole tenant, because units stand beside the communities they help. */
@ApiTags('needs')
@Controller('api/v1/lists')
export class ListController {
  readonly #commands: NeedsCommands;
  readonly #lists: ListService;
  readonly #cursors: Cursors;

  constructor(commands: NeedsCommands, lists: ListService, cursors: Cursors, registry: ListRegistry) {
    this.#commands = commands;
    this.#lists = lists;
    this.#cursors = cursors;
    registry.register('lists/needs', { title: 'needs.list.needs', anyOf: [PERMISSION.needs], personal: false, query: NeedListQuery, page: ({ caller }, query) => this.needs(caller, query), headings: 'needs.column', columns: NEED_COLUMNS });
    registry.register('lists/resources', { title: 'needs.list.resources', anyOf: [PERMISSION.resources], personal: false, query: ResourceListQuery, page: ({ caller }, query) => this.resources(caller, query), headings: 'needs.column', columns: OFFER_COLUMNS });
    registry.register('lists/projects', { title: 'needs.list.projects', anyOf: [PERMISSION.projects], personal: false, query: ProjectListQuery, page: ({ caller }, query) => this.projects(caller, query), headings: 'needs.column', columns: PROPOSAL_COLUMNS });
  }

  @Get('needs')
  @Allow('needs.read')
  @ApiResponse({ status: 200, description: '需求清单', standardSchema: NeedList })
  async needs(
    @CurrentCaller() caller: Caller,
    @Query({ schema: NeedListQuery }) query: z.infer<typeof NeedListQuery>,
  ): Promise<z.infer<typeof NeedList>> {
    const { sort, category, communityId } = query;
    return this.#page(caller, {
      permission: PERMISSION.needs,
      list: `lists/needs/${JSON.stringify([sort, category, communityId])}`,
      query,
      read: (tx, page) => this.#lists.needs(tx, { category, communityId }, sort, page),
      position: (need) => ({ sort: sort === 'urgency' ? urgencyRank(need.urgency) : need.raisedAt, id: need.id }),
      view: listed,
    });
  }

  @Get('resources')
  @Allow('offers.read')
  @ApiResponse({ status: 200, description: '资源清单', standardSchema: ResourceList })
  async resources(
    @CurrentCaller() caller: Caller,
    @Query({ schema: ResourceListQuery }) query: z.infer<typeof ResourceListQuery>,
  ): Promise<z.infer<typeof ResourceList>> {
    const { sort, category, communityId } = query;
    return this.#page(caller, {
      permission: PERMISSION.resources,
      list: `lists/resources/${JSON.stringify([sort, category, communityId])}`,
      query,
      read: (tx, page) => this.#lists.resources(tx, { category, communityId }, sort, page),
      position: (offer) => ({ sort: sort === 'fundsFen' ? offer.fundsFen : Number(offer.number.slice(3)), id: offer.id }),
      view: offerView,
    });
  }

  @Get('projects')
  @Allow('projects.read')
  @ApiResponse({ status: 200, description: '项目清单', standardSchema: ProjectList })
  async projects(
    @CurrentCaller() caller: Caller,
    @Query({ schema: ProjectListQuery }) query: z.infer<typeof ProjectListQuery>,
  ): Promise<z.infer<typeof ProjectList>> {
    const { sort, category, communityId } = query;
    return this.#page(caller, {
      permission: PERMISSION.projects,
      list: `lists/projects/${JSON.stringify([sort, category, communityId])}`,
      query,
      read: (tx, page) => this.#lists.projects(tx, { category, communityId }, sort, page),
      position: (proposal) => ({ sort: sort === 'budgetFen' ? proposal.budgetFen : Number(proposal.number.slice(3)), id: proposal.id }),
      view: proposalView,
    });
  }

  async #page<Row, Item>(caller: Caller, { permission, list, query, read, position, view }: Listing<Row, Item>): Promise<Page<Item>> {
    const page = this.#cursors.read(list, query);
    const scope: Scope = { ...scopeFor(caller, permission), orgPath: WHOLE_TENANT };
    const rows = await this.#commands.read(scope, (tx) => read(tx, page));
    const found = this.#cursors.page(list, rows, page.limit, position);
    return { items: found.items.map(view), next: found.next };
  }
}

const NEED_COLUMNS: ListedAs<z.infer<typeof NeedListQuery>, z.infer<typeof ListedNeed>>['columns'] = {
  number: ({ number }) => number,
  community: ({ communityId }) => ({ unit: communityId }),
  place: ({ place }) => place,
  need: ({ publicText }) => publicText,
  category: ({ category }) => ({ text: `needs.category.${category}` }),
  urgency: ({ urgency }) => ({ text: `needs.urgency.${urgency}` }),
  peopleAffected: ({ peopleAffected }) => peopleAffected,
  state: ({ state }) => ({ text: `needs.need.${state}` }),
};
