import { Injectable } from '@nestjs/common';
import type { StagedCase } from '../../cases/stage/model.ts';
import type { Tx } from '../../platform/database/database.ts';
import { QuarterService } from '../../quarters/service.ts';
import type { ProjectCommand, ProjectProposal, ProjectState } from '../lifecycle/model.ts';
import { projectCaseId } from '../messages.ts';
import { projectMachine } from '../model.ts';
import type { Project } from '../store.ts';
import { projectTrack } from './model.ts';

/** A project as its stage view needs it: with the reports that its community's quarter asks for. */
@Injectable()
export class ProjectStaging {
  readonly #quarters: QuarterService;

  constructor(quarters: QuarterService) {
    this.#quarters = quarters;
  }

  async staged(tx: Tx, { id, orgPath }: Project): Promise<StagedCase<ProjectState, ProjectCommand, ProjectProposal>> {
    const beside = await this.#quarters.reportWaits(tx, id);
    return { machine: projectMachine, track: projectTrack, caseId: projectCaseId(id), orgPath, beside };
  }
}
