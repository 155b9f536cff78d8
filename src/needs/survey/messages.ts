/** Camel case, never renamed: running cases carry it. */
export const SURVEY_WORKFLOW = 'needsSurvey';

const PREFIX = 'survey/';

export function surveyCaseId(surveyId: string): string {
  return `${PREFIX}${surveyId}`;
}
