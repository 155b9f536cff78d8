/** Camel case, never renamed: running cases carry it. */
export const RIGHTS_WORKFLOW = 'rightsRequest';

const PREFIX = 'rights/';

export function rightsCaseId(requestId: string): string {
  return `${PREFIX}${requestId}`;
}
