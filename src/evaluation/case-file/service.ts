import { Injectable } from '@nestjs/common';
import { UnitService } from '../../accounts/units/service.ts';
import { CaseService } from '../../cases/service.ts';
import { FileService } from '../../files/service.ts';
import { LedgerService } from '../../ledger/service.ts';
import type { Tx } from '../../platform/database/database.ts';
import { fundingLines } from '../../projects/funding/model.ts';
import { projectCaseId } from '../../projects/messages.ts';
import { ProjectService } from '../../projects/service.ts';
import { EvaluationService } from '../service.ts';
import type { CaseFileFacts } from './model.ts';

interface NamedEvent {
  readonly unitId?: string;
  readonly quarter?: string;
}

/** Gathers what every area knows of a project. */
@Injectable()
export class CaseFiles {
  readonly #projects: ProjectService;
  readonly #evaluations: EvaluationService;
  readonly #cases: CaseService;
  readonly #units: UnitService;
  readonly #ledger: LedgerService;
  readonly #files: FileService;

  constructor(projects: ProjectService, evaluations: EvaluationService, cases: CaseService, units: UnitService, ledger: LedgerService, files: FileService) {
    this.#projects = projects;
    this.#evaluations = evaluations;
    this.#cases = cases;
    this.#units = units;
    this.#ledger = ledger;
    this.#files = files;
  }

  /** Refuses `PROJECT_UNKNOWN`. */
  async facts(tx: Tx, projectId: string): Promise<CaseFileFacts> {
    const project = await this.#projects.get(tx, projectId);
    const journal = await this.#cases.journal(tx.scope.tenant, projectCaseId(projectId));
    const reports = await this.#projects.reports(tx, projectId);
    const written = new Map((await this.#projects.contents(tx, projectId)).map(({ id, body }) => [id, body as { done?: string }]));
    const lines = fundingLines(await this.#ledger.balancesOf(tx, [projectId]));
    const { result, satisfaction } = await this.#evaluations.view(tx, projectId);
    const files = await this.#files.list(tx, { kind: 'project', id: projectId });
    const events = journal.map((event) => ({ type: event.type, at: event.at, ...(event as NamedEvent) }));
    const { leadUnit, implementerId, communityId } = project;
    const named = [communityId, leadUnit, implementerId, ...lines.map(({ funderId }) => funderId), ...events.map(({ unitId }) => unitId)];
    const units = await this.#units.byIds(tx, named.filter((id): id is string => typeof id === 'string'));
    const nameOf = (id: string | null | undefined): string | null => (id === null || id === undefined ? null : (units.get(id)?.name ?? null));
    const community = nameOf(communityId) ?? '';
    return {
      issuer: community,
      label: project.number,
      title: project.title,
      community,
      lead: nameOf(leadUnit),
      implementer: nameOf(implementerId),
      budgetFen: project.budgetFen,
      events: events.map(({ type, at, unitId, quarter = '' }) => ({ type, at, unit: nameOf(unitId) ?? '', quarter })),
      reports: reports.map(({ quarter, status, late, served, spentFen, contentId }) => ({ quarter, status, late, served, spentFen, done: (contentId && written.get(contentId)?.done) || '' })),
      funding: lines.map(({ funderId, ...line }) => ({ ...line, funder: nameOf(funderId) ?? '' })),
      grade: result?.grade ?? null,
      scoreHundredths: result?.scoreHundredths ?? null,
      raters: satisfaction.raters,
      satisfactionHundredths: satisfaction.percentHundredths,
      awardFen: project.awardFen,
      files: files.map(({ hash, mediaType, receivedAt }) => ({ hash, mediaType, receivedAt })),
    };
  }
}
