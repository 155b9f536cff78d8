import { Injectable } from '@nestjs/common';
import { UnitService } from '../../accounts/units/service.ts';
import type { LocalDate } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { MAX_PAGE, type PageRequest } from '../../platform/http/cursor.ts';
import type { Category } from '../model.ts';
import type { Need } from '../need/model.ts';
import { NeedService } from '../need/service.ts';
import type { NeedSort } from '../need/store.ts';
import type { Offer } from '../offer/model.ts';
import { OfferService } from '../offer/service.ts';
import type { OfferSort } from '../offer/store.ts';
import type { Proposal } from '../proposal/model.ts';
import { ProposalService } from '../proposal/service.ts';
import type { ProposalSort } from '../proposal/store.ts';

export const LISTS = ['needs', 'resources', 'projects'] as const;

export type ListName = (typeof LISTS)[number];

export interface ListFilter {
  readonly category?: Category | undefined;
  readonly communityId?: string | undefined;
}

/** 需求清单、资源清单、项目清单 of one community, for the quarter that freezes them. */
export interface ThreeLists {
  readonly needs: readonly Need[];
  readonly resources: readonly Offer[];
  readonly projects: readonly Proposal[];
}

/** The three lists: what is published of needs, offers and proposals. */
@Injectable()
export class ListService {
  readonly #needs: NeedService;
  readonly #offers: OfferService;
  readonly #proposals: ProposalService;
  readonly #units: UnitService;

  constructor(needs: NeedService, offers: OfferService, proposals: ProposalService, units: UnitService) {
    this.#needs = needs;
    this.#offers = offers;
    this.#proposals = proposals;
    this.#units = units;
  }

  async needs(tx: Tx, filter: ListFilter, sort: NeedSort, page: PageRequest): Promise<Need[]> {
    return this.#needs.page(tx, { ...filter, published: true }, sort, page);
  }

  async resources(tx: Tx, filter: ListFilter, sort: OfferSort, page: PageRequest): Promise<Offer[]> {
    return this.#offers.page(tx, { ...filter, state: 'open' }, sort, page);
  }

  async projects(tx: Tx, filter: ListFilter, sort: ProposalSort, page: PageRequest): Promise<Proposal[]> {
    return this.#proposals.page(tx, { ...filter, published: true }, sort, page);
  }

  /**
   * All three in full, by number, as they stand for one community: resources are the open offers of the units that
   * take part in it on that day (Asia/Shanghai). Whole-tenant scope is needed to see the units' offers.
   */
  async ofCommunity(tx: Tx, communityId: string, on: LocalDate): Promise<ThreeLists> {
    const members = new Set((await this.#units.membersOf(tx, communityId, on)).map((unit) => unit.id));
    const needs = await everything((page) => this.needs(tx, { communityId }, 'raisedAt', page), byTime);
    const projects = await everything((page) => this.projects(tx, { communityId }, 'budgetFen', page), byBudget);
    const offers = await this.#offers.openBetween(tx, on, on);
    const open = (offer: Offer): boolean => offer.communityIds.length === 0 || offer.communityIds.includes(communityId);
    return {
      needs,
      resources: offers.filter((offer) => members.has(offer.unitId) && open(offer)),
      projects,
    };
  }
}

const byTime = (need: Need): string => need.raisedAt;
const byBudget = (proposal: Proposal): number => proposal.budgetFen;

async function everything<Row extends { readonly id: string; readonly number: string }>(
  read: (page: PageRequest) => Promise<Row[]>,
  sort: (row: Row) => string | number,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const last = rows.at(-1);
    const found = await read({ after: last && { sort: sort(last), id: last.id }, limit: MAX_PAGE });
    rows.push(...found.slice(0, MAX_PAGE));
    if (found.length <= MAX_PAGE) return byNumber(rows);
  }
}

function byNumber<Row extends { readonly number: string }>(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => a.number.length - b.number.length || (a.number < b.number ? -1 : 1));
}
