import { Injectable } from '@nestjs/common';
import { nameOnPaper, type OrgUnit } from '../../accounts/units/model.ts';
import { UnitService } from '../../accounts/units/service.ts';
import { headed } from '../../documents/model.ts';
import { LedgerService } from '../../ledger/service.ts';
import type { Tx } from '../../platform/database/database.ts';
import { fundingLines } from '../funding/model.ts';
import { ProjectService } from '../service.ts';
import type { Project } from '../store.ts';
import { leadOf, type AgreementFacts, type ClaimLetterFacts, type Promised } from './model.ts';

/** What letters and agreements of a project say. */
@Injectable()
export class ProjectDocuments {
  readonly #projects: ProjectService;
  readonly #units: UnitService;
  readonly #ledger: LedgerService;

  constructor(projects: ProjectService, units: UnitService, ledger: LedgerService) {
    this.#projects = projects;
    this.#units = units;
    this.#ledger = ledger;
  }

  /** Refuses `PROJECT_UNKNOWN`, `DOCUMENT_TOO_EARLY`. */
  async claimLetter(tx: Tx, projectId: string): Promise<ClaimLetterFacts> {
    const { facts, lead } = await this.#common(tx, await this.#projects.get(tx, projectId));
    return { ...facts, ...headed(lead), issuer: facts.lead };
  }

  /** As it was agreed; before, as a draft with the implementer that `subject` names. Refuses also `UNIT_UNKNOWN`. */
  async agreement(tx: Tx, subject: string): Promise<AgreementFacts> {
    const [projectId = '', drafted] = subject.split('/');
    const project = await this.#projects.get(tx, projectId);
    const { facts: common, community } = await this.#common(tx, project);
    const implementerId = project.implementerId ?? drafted ?? project.leadUnit;
    const implementer = implementerId === null || implementerId === project.leadUnit ? null : nameOnPaper(await this.#units.get(tx, implementerId));
    const agreed = project.implementerId === null ? undefined : (await this.#projects.contents(tx, projectId)).findLast(({ kind }) => kind === 'agreement');
    const terms = (agreed?.body as { terms?: string } | undefined)?.terms ?? '';
    return { ...common, ...headed(community), issuer: common.community, implementer, promised: await this.promised(tx, projectId), terms };
  }

  /** By funder and kind, what was promised and not taken back. */
  async promised(tx: Tx, projectId: string): Promise<Promised[]> {
    const lines = fundingLines(await this.#ledger.balancesOf(tx, [projectId])).filter(({ pledged }) => pledged > 0);
    const funders = await this.#units.byIds(tx, lines.map(({ funderId }) => funderId));
    return lines.map(({ funderId, book, pledged }) => ({ funder: funders.get(funderId)?.name ?? funderId, book, amount: pledged }));
  }

  async #common(tx: Tx, project: Project): Promise<{ facts: Omit<ClaimLetterFacts, 'issuer'>; lead: OrgUnit; community: OrgUnit }> {
    const { number, title, budgetFen, communityId } = project;
    const lead = await this.#units.get(tx, leadOf(project));
    const community = await this.#units.get(tx, communityId);
    return { facts: { label: number, number, title, budgetFen, lead: nameOnPaper(lead), community: nameOnPaper(community) }, lead, community };
  }
}
