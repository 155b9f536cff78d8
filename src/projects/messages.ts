/** Camel case, never renamed: running cases carry it. */
export const PROJECT_WORKFLOW = 'microProject';

export function projectCaseId(projectId: string): string {
  return `project/${projectId}`;
}

export function projectIdOf(caseId: string): string {
  return caseId.slice('project/'.length);
}
