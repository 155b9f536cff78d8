/** The page of a case, by the first part of its id; undefined for those that have none of their own. */
export function pageOfCase(caseId: string): string | undefined {
  const [kind = '', ...rest] = caseId.split('/');
  const id = rest.join('/');
  switch (kind) {
    case 'project':
      return `/projects/${id}`;
    case 'quarter':
      return `/quarters/${id}`;
    case 'matching':
      return `/matching/${id}`;
    case 'survey':
      return `/needs/surveys/${id}`;
    case 'rights':
      return `/needs/rights?id=${id}`;
    case 'award':
      return `/awards/${id}`;
    case 'export':
      return '/exports';
    case 'release':
      return '/exports?which=toRelease';
    default:
      return undefined;
  }
}
