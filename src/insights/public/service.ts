import { Injectable } from '@nestjs/common';
import { SAMPLE_TENANT } from '../../accounts/model.ts';
import type { Quarter } from '../../calendar/model.ts';
import { EvaluationService } from '../../evaluation/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import { tenantScope, type ActorId, type Scope, type TenantId } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';
import { heardQuarter } from '../../quarters/model.ts';
import { daysOf, type LoopReport } from '../model.ts';
import { InsightsStore } from '../store.ts';
import { publishedReport } from './model.ts';
import { PublicStore, type PublicAnswer, type PublicFilter, type PublicNotice, type PublicProject, type PublicReport } from './store.ts';

/** Readers of public pages have no name. */
const READER = 'public' as ActorId;

export interface District {
  readonly id: TenantId;
  readonly name: string;
  /** Every page says so. */
  readonly isSample: boolean;
}

export interface PublishedQuarter {
  readonly quarter: Quarter;
  /** Communities that have published; others may follow. */
  readonly communities: number;
  readonly lastPublishedAt: Instant;
}

export interface Satisfaction {
  readonly raters: number;
  /** Null while there are fewer raters than the policy asks for. */
  readonly percentHundredths: number | null;
}

@Injectable()
export class PublicService {
  readonly #db: Database;
  readonly #store: PublicStore;
  readonly #insights: InsightsStore;
  readonly #evaluation: EvaluationService;

  constructor(db: Database, store: PublicStore, insights: InsightsStore, evaluation: EvaluationService) {
    this.#db = db;
    this.#store = store;
    this.#insights = insights;
    this.#evaluation = evaluation;
  }

  async districts(): Promise<District[]> {
    const keys = await this.#db.door<{ tenant_id: TenantId }>('door_districts');
    return Promise.all(
      keys.map(async ({ tenant_id: id }) => {
        const name = await this.#db.within(scopeOf(id), (tx) => this.#store.districtName(tx));
        return { id, name: name ?? id, isSample: id === SAMPLE_TENANT };
      }),
    );
  }

  /** An unknown district has no rows. */
  read<Result>(tenant: TenantId, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.#db.within(scopeOf(tenant), work);
  }

  communities(tx: Tx) {
    return this.#store.communities(tx);
  }

  projects(tx: Tx, filter: PublicFilter, page: PageRequest): Promise<PublicProject[]> {
    return this.#store.projects(tx, filter, page);
  }

  /** Refuses `PUBLIC_PROJECT_UNKNOWN`. */
  async project(tx: Tx, id: string): Promise<{ project: PublicProject; reports: PublicReport[]; satisfaction: Satisfaction; ratersNeeded: number }> {
    const project = await this.#store.project(tx, id);
    if (!project) refuse('PUBLIC_PROJECT_UNKNOWN', 'unknown');
    const reports = await this.#store.reports(tx, id);
    const { satisfaction, ratersNeeded } = await this.#evaluation.view(tx, id);
    return { project, reports, satisfaction, ratersNeeded };
  }

  /** Awards that may be objected to, soonest over first, and the last that no longer may, with how earlier objections to them were answered. */
  async notices(tx: Tx): Promise<(PublicNotice & { answers: Pick<PublicAnswer, 'text' | 'at'>[] })[]> {
    const answers = await this.#store.answers(tx);
    const of = (id: string) => answers.filter(({ awardId }) => awardId === id).map(({ text, at }) => ({ text, at }));
    return (await this.#store.notices(tx)).map((notice) => ({ ...notice, answers: of(notice.id) }));
  }

  /** Newest first. */
  async publishedQuarters(tx: Tx): Promise<PublishedQuarter[]> {
    const found = new Map<Quarter, PublishedQuarter>();
    for (const { quarter: cycle, publishedAt } of await this.#store.publications(tx)) {
      const quarter = heardQuarter(cycle);
      const { communities = 0 } = found.get(quarter) ?? {};
      found.set(quarter, { quarter, communities: communities + 1, lastPublishedAt: publishedAt });
    }
    return [...found.values()];
  }

  /** Refuses `PUBLIC_RESULTS_UNKNOWN` while no community has published that quarter. */
  async results(tx: Tx, quarter: Quarter): Promise<LoopReport> {
    const published = (await this.#store.publications(tx)).filter((it) => heardQuarter(it.quarter) === quarter);
    if (published.length === 0) refuse('PUBLIC_RESULTS_UNKNOWN', 'unknown', { quarter });
    const period = { from: quarter, until: quarter };
    const span = daysOf(period);
    const organisations = await this.#insights.organisations(tx, span);
    const cells = await this.#insights.cells(tx, period, span);
    return publishedReport(period, organisations, cells, new Set(published.map(({ communityId }) => communityId)));
  }
}

function scopeOf(tenant: TenantId): Scope {
  return tenantScope(tenant, READER);
}
