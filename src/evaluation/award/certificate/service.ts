import { Injectable } from '@nestjs/common';
import { nameOnPaper } from '../../../accounts/units/model.ts';
import { UnitService } from '../../../accounts/units/service.ts';
import { headed } from '../../../documents/model.ts';
import { fen } from '../../../kernel/money.ts';
import type { OrgPath } from '../../../kernel/scope.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { ProjectService } from '../../../projects/service.ts';
import { AwardService } from '../service.ts';
import { assertGranted, type CertificateFacts } from './model.ts';

/** What the certificate of an award says. */
@Injectable()
export class Certificates {
  readonly #awards: AwardService;
  readonly #projects: ProjectService;
  readonly #units: UnitService;

  constructor(awards: AwardService, projects: ProjectService, units: UnitService) {
    this.#awards = awards;
    this.#projects = projects;
    this.#units = units;
  }

  /** Refuses `AWARD_UNKNOWN`, `DOCUMENT_TOO_EARLY`. */
  async facts(tx: Tx, awardId: string): Promise<CertificateFacts> {
    const award = await this.#awards.get(tx, awardId);
    assertGranted(award);
    const { number, title, grade } = await this.#projects.get(tx, award.projectId);
    const recipient = await this.#units.get(tx, award.recipientId);
    const community = await this.#units.get(tx, award.communityId);
    // In the name of the office that the community belongs to, where there is one.
    const office = await this.#units.atPath(tx, community.orgPath.replace(/[^/]+\/$/, '') as OrgPath);
    const issuer = office ?? community;
    return {
      ...headed(issuer),
      issuer: nameOnPaper(issuer),
      label: number,
      recipient: nameOnPaper(recipient),
      title,
      community: community.name,
      grade: grade ?? '',
      amountFen: fen(award.amountFen),
      grantedAt: award.movedAt,
    };
  }
}
