import { Injectable } from '@nestjs/common';
import { UnitService } from '../../accounts/units/service.ts';
import { isThere, type OrgUnit } from '../../accounts/units/model.ts';
import { AuditService } from '../../audit/service.ts';
import { CalendarService } from '../../calendar/service.ts';
import { CaseRecounts, type Recount } from '../../cases/recounting/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import { SYSTEM_ACTOR, within, type OrgPath, type TenantId } from '../../kernel/scope.ts';
import { shanghaiDate, type Instant } from '../../kernel/time.ts';
import { canonicalJson, type CanonicalValue } from '../../platform/crypto/canonical.ts';
import { secretHash } from '../../platform/crypto/secret.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';
import { hashOf } from '../../platform/ids.ts';
import type { PinnedPolicy } from '../../policy/model.ts';
import { PolicyService } from '../../policy/service.ts';
import { surveyCode } from '../intake/follow-up/model.ts';
import { changed, type Changes, type Intent } from '../model.ts';
import { completed, type AreaProgress, type Draft, type Survey, type SurveyContent } from './content/model.ts';
import type { SurveyCommand, SurveyStatus } from './lifecycle/model.ts';
import { surveyCaseId } from './messages.ts';
import { assertWindow } from './model.ts';
import { assertQuestions } from './questions/model.ts';
import { SurveyStore } from './store.ts';

export interface NamedProgress extends AreaProgress {
  readonly name: string;
  readonly target: number;
  /** Whole percent of the target, rounded down; above 100 where more came in. */
  readonly percent: number;
}

/** Survey campaigns: what is asked, where, until when, and how far it is. */
@Injectable()
export class SurveyService {
  readonly #database: Database;
  readonly #store: SurveyStore;
  readonly #units: UnitService;
  readonly #policy: PolicyService;
  readonly #audit: AuditService;
  readonly #calendar: CalendarService;

  constructor(
    database: Database,
    store: SurveyStore,
    units: UnitService,
    policy: PolicyService,
    audit: AuditService,
    calendar: CalendarService,
    recounts: CaseRecounts,
  ) {
    this.#database = database;
    this.#store = store;
    this.#units = units;
    this.#policy = policy;
    this.#audit = audit;
    this.#calendar = calendar;
    recounts.register((tx, at) => this.#recounts(tx, at));
  }

  /** Answers the policy that its case pins. Refuses `COMMUNITY_UNKNOWN`, `SURVEY_QUESTIONS_INVALID`, `SURVEY_WINDOW_…`. */
  async draft(tx: Tx, id: string, draft: Draft, at: Instant): Promise<{ policy: PinnedPolicy<'survey'>; orgPath: OrgPath }> {
    const { orgPath } = tx.scope;
    const policy = await this.#policy.current(tx, 'survey', at);
    const content = completed(draft, policy.values);
    await this.#assertSound(tx, content, policy, at);
    const code = surveyCode(secretHash(`${tx.scope.tenant}/${id}`));
    await this.#store.insert(tx, { ...content, id, orgPath, code, contentHash: contentHash(content), policyVersion: policy.version, createdAt: at });
    return { policy, orgPath };
  }

  /** Refuses `SURVEY_UNKNOWN`, `SURVEY_STALE`, `SURVEY_STATE` once it is released, and as `draft` does. */
  async edit(tx: Tx, id: string, version: number, changes: Changes<SurveyContent>, { at, commandId, trace }: Intent): Promise<Survey> {
    const survey = await this.own(tx, id);
    if (survey.version !== version) refuse('SURVEY_STALE', 'stale');
    if (survey.status !== 'draft') refuse('SURVEY_STATE', 'state', { status: survey.status });
    if (survey.released) refuse('SURVEY_RELEASED', 'state');
    const content = contentOf(changed<SurveyContent>(survey, changes));
    await this.#assertSound(tx, content, await this.#policy.pinned(tx, 'survey', survey.policyVersion), at);
    const edited = (await this.#store.edit(tx, id, version, content, contentHash(content))) ?? refuse('SURVEY_STALE', 'stale');
    await this.#audit.record(tx, { commandId, ...trace, at, action: 'needs.surveyEdited', subject: `survey:${id}`, outcome: 'done', changes: { version: edited.version } });
    return edited;
  }

  async #assertSound(tx: Tx, content: SurveyContent, { values }: PinnedPolicy<'survey'>, at: Instant): Promise<void> {
    assertQuestions(content.questions, values);
    assertWindow(content, at, values);
    const areas = await this.areas(tx, content.communityIds);
    const isMine = ({ kind, orgPath, leftOn }: OrgUnit): boolean =>
      kind === 'community' && within(orgPath, tx.scope.orgPath) && isThere({ leftOn }, shanghaiDate(at));
    if (areas.length !== content.communityIds.length || !areas.every(isMine)) refuse('COMMUNITY_UNKNOWN', 'unknown');
  }

  /** Refuses `SURVEY_UNKNOWN`, also for surveys that do not concern the place. */
  async get(tx: Tx, id: string): Promise<Survey> {
    return (await this.#store.byId(tx, id)) ?? refuse('SURVEY_UNKNOWN', 'unknown');
  }

  /** To change it: only from its own place or above. Refuses `SURVEY_UNKNOWN`. */
  async own(tx: Tx, id: string): Promise<Survey> {
    const survey = await this.get(tx, id);
    return within(survey.orgPath, tx.scope.orgPath) ? survey : refuse('SURVEY_UNKNOWN', 'unknown');
  }

  async page(tx: Tx, status: SurveyStatus | undefined, page: PageRequest): Promise<Survey[]> {
    return this.#store.page(tx, status, page);
  }

  /** Whose survey a public link names, before any tenant is known. Refuses `SURVEY_UNKNOWN`. */
  async find(code: string): Promise<{ tenant: TenantId; id: string }> {
    const [found] = await this.#database.door<{ tenant_id: TenantId; survey_id: string }>('door_survey', [code]);
    return found ? { tenant: found.tenant_id, id: found.survey_id } : refuse('SURVEY_UNKNOWN', 'unknown');
  }

  /**
   * For an answer: held open until the transaction ends. Refuses `SURVEY_UNKNOWN` for drafts, `SURVEY_NOT_OPEN` before
   * its time and `SURVEY_CLOSED` after it, whichever comes first, the instant or the case.
   */
  async collecting(tx: Tx, id: string, at: Instant): Promise<Survey> {
    const survey = (await this.#store.held(tx, id)) ?? refuse('SURVEY_UNKNOWN', 'unknown');
    if (survey.status === 'draft' && !survey.released) refuse('SURVEY_UNKNOWN', 'unknown');
    if (survey.status === 'draft') refuse('SURVEY_NOT_OPEN', 'state', { opensAt: survey.opensAt });
    if (survey.status !== 'collecting' || at >= survey.closesAt) refuse('SURVEY_CLOSED', 'state', { closesAt: survey.closesAt });
    return survey;
  }

  /** Communities in the order given; unknown ones are left out. */
  async areas(tx: Tx, ids: readonly string[]): Promise<OrgUnit[]> {
    const units = await this.#units.byIds(tx, ids);
    return ids.flatMap((id) => units.get(id) ?? []);
  }

  /** Of the areas that the reader's place holds. Refuses `SURVEY_UNKNOWN`. */
  async progress(tx: Tx, id: string): Promise<NamedProgress[]> {
    const { communityIds, targetPerArea: target } = await this.get(tx, id);
    const areas = new Map((await this.areas(tx, communityIds)).map((area) => [area.id, area]));
    const rows = await this.#store.progress(tx, id);
    return rows.flatMap((row) => {
      const area = areas.get(row.communityId);
      if (!area || !within(area.orgPath, tx.scope.orgPath)) return [];
      return [{ ...row, name: area.name, target, percent: Math.floor((row.answers * 100) / target) }];
    });
  }

  /** Refuses `SURVEY_UNKNOWN`. */
  async results(tx: Tx, id: string): Promise<{ question: string; value: string; count: number }[]> {
    await this.get(tx, id);
    return this.#store.tallies(tx, id);
  }

  async #recounts(tx: Tx, at: Instant): Promise<Recount[]> {
    const { version: calendarVersion } = await this.#calendar.calendar(tx);
    const ids = await this.#store.countedBefore(tx, calendarVersion);
    const command: SurveyCommand = { id: `recount@${calendarVersion}`, actor: SYSTEM_ACTOR, at, type: 'recount', calendarVersion };
    return ids.map((id) => ({ caseId: surveyCaseId(id), command }));
  }
}

function contentOf(from: SurveyContent): SurveyContent {
  const { title, intro, questions, communityIds, channels, targetPerArea, opensAt, closesAt } = from;
  return { title, intro, questions, communityIds, channels, targetPerArea, opensAt, closesAt };
}

function contentHash(content: SurveyContent): string {
  return hashOf(canonicalJson(JSON.parse(JSON.stringify(contentOf(content))) as CanonicalValue));
}
