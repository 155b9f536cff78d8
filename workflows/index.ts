export { matchingRun } from './matching-run.ts';
export { microProject } from './micro-project.ts';
export { needsSurvey } from './needs-survey.ts';
export { quarterCycle } from './quarter-cycle.ts';
export { quarterTick } from './quarter-tick.ts';
export { resultBasedAward } from './result-based-award.ts';
export { rightsRequest } from './rights-request.ts';
