import type { CaseMachine, Command, Proposal } from '../cases/model.ts';
import { AWARD_WORKFLOW } from '../evaluation/messages.ts';
import { awardMachine } from '../evaluation/award/model.ts';
import { MATCHING_WORKFLOW } from '../matching/messages.ts';
import { runMachine } from '../matching/model.ts';
import { SURVEY_WORKFLOW } from '../needs/survey/messages.ts';
import { surveyMachine } from '../needs/survey/model.ts';
import { RIGHTS_WORKFLOW } from '../rights/messages.ts';
import { rightsMachine } from '../rights/model.ts';
import { PROJECT_WORKFLOW } from '../projects/messages.ts';
import { projectMachine } from '../projects/model.ts';
import { QUARTER_WORKFLOW } from '../quarters/messages.ts';
import { quarterMachine } from '../quarters/model.ts';

export type AnyMachine = CaseMachine<unknown, Command, Proposal>;

/** What recovery must know of a kind of case. */
export interface Kind {
  readonly machine: AnyMachine;
  readonly workflowType: string;
  /** Of its case ids. */
  readonly prefix: string;
  /** Its read model: one row a case, that stands where the journal does. */
  readonly table: string;
  /** SQL for the case id of a row `r` of that table. */
  readonly caseIdSql: string;
  readonly versionColumn: string;
}

const kindOf = (machine: unknown, workflowType: string, table: string, prefix: string, versionColumn = 'version'): Kind => ({
  machine: machine as AnyMachine,
  workflowType,
  prefix,
  table,
  caseIdSql: table === 'quarter_cycle' ? "'quarter/' || r.community_id || '/' || r.quarter" : `'${prefix}' || r.id`,
  versionColumn,
});

/** Every kind of case, by name. */
export const KINDS: Readonly<Record<string, Kind>> = Object.fromEntries(
  [
    kindOf(projectMachine, PROJECT_WORKFLOW, 'project', 'project/'),
    kindOf(quarterMachine, QUARTER_WORKFLOW, 'quarter_cycle', 'quarter/'),
    kindOf(runMachine, MATCHING_WORKFLOW, 'matching_run', 'matching/'),
    kindOf(awardMachine, AWARD_WORKFLOW, 'evaluation_award', 'award/'),
    kindOf(rightsMachine, RIGHTS_WORKFLOW, 'rights_request', 'rights/'),
    kindOf(surveyMachine, SURVEY_WORKFLOW, 'needs_survey', 'survey/', 'case_version'),
  ].map((kind) => [kind.machine.kind, kind]),
);
