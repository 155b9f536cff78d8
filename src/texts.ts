import { texts as accounts } from './accounts/texts.ts';
import { texts as audit } from './audit/texts.ts';
import { texts as approvals } from './approvals/texts.ts';
import { texts as calendar } from './calendar/texts.ts';
import { texts as awardStage } from './evaluation/award/stage/texts.ts';
import { texts as caseFile } from './evaluation/case-file/texts.ts';
import { texts as evaluation } from './evaluation/texts.ts';
import { texts as documents } from './documents/texts.ts';
import { texts as exports } from './exports/texts.ts';
import { texts as files } from './files/texts.ts';
import { texts as stages } from './cases/stage/texts.ts';
import { texts as cases } from './cases/texts.ts';
import { texts as insights } from './insights/texts.ts';
import type { Texts } from './kernel/texts.ts';
import { texts as ledger } from './ledger/texts.ts';
import { texts as matchingStage } from './matching/stage/texts.ts';
import { texts as matching } from './matching/texts.ts';
import { texts as notifications } from './notifications/texts.ts';
import { texts as needStage } from './needs/stage/texts.ts';
import { texts as surveyStage } from './needs/survey/stage/texts.ts';
import { texts as needs } from './needs/texts.ts';
import { texts as http } from './platform/http/texts.ts';
import { texts as tables } from './platform/tables/texts.ts';
import { texts as policy } from './policy/texts.ts';
import { texts as projectStage } from './projects/stage/texts.ts';
import { texts as projectDocuments } from './projects/documents/texts.ts';
import { texts as projects } from './projects/texts.ts';
import { texts as quarterStage } from './quarters/stage/texts.ts';
import { texts as recovery } from './recovery/texts.ts';
import { texts as rightsStage } from './rights/stage/texts.ts';
import { texts as rights } from './rights/texts.ts';
import { texts as quarters } from './quarters/texts.ts';

/** Every text a user may read, in the order of the areas; each area adds its own line. */
export const texts: Texts = {
  ...http,
  ...tables,
  ...audit,
  ...calendar,
  ...accounts,
  ...approvals,
  ...policy,
  ...files,
  ...documents,
  ...notifications,
  ...exports,
  ...cases,
  ...stages,
  ...ledger,
  ...quarters,
  ...quarterStage,
  ...needs,
  ...rights,
  ...rightsStage,
  ...surveyStage,
  ...needStage,
  ...matching,
  ...matchingStage,
  ...projects,
  ...projectStage,
  ...projectDocuments,
  ...evaluation,
  ...caseFile,
  ...awardStage,
  ...insights,
  ...recovery,
};
