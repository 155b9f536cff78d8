import type { Changes } from './follow.ts';

const CASES = ['microProject', 'quarterCycle', 'matchingRun', 'resultBasedAward', 'needsSurvey', 'rightsRequest'];
const NEEDS = ['need', 'submission', 'offer', 'proposal'];
/** By the first word of a query’s key: the kinds of change that it waits for. Queries without a line here hear of every change. */
const HEARD: Readonly<Record<string, readonly string[]>> = {
  me: [],
  calendar: [],
  'org-units': [],
  inbox: ['message'],
  waits: CASES,
  today: [...CASES, ...NEEDS],
  project: ['microProject', 'quarterCycle', 'resultBasedAward'],
  projects: ['microProject', 'quarterCycle', 'resultBasedAward'],
  'loop-report': ['microProject', 'quarterCycle', 'resultBasedAward'],
  need: NEEDS,
  needs: NEEDS,
  surveys: ['needsSurvey', 'submission'],
  survey: ['needsSurvey', 'submission', 'need'],
  submission: ['submission'],
  submissions: ['submission'],
  rights: ['rightsRequest'],
  offer: ['offer'],
  offers: ['offer'],
  proposal: ['proposal', 'need'],
  proposals: ['proposal'],
  lists: NEEDS,
  // A preview sends its whole file again, a frozen list never changes, and a form's ticket is spent once.
  import: [],
  'list-snapshot': [],
  'survey-form': [],
};

/** Whether what a query has read may have changed. */
export function fits(queryKey: readonly unknown[], { items, isReset }: Pick<Changes, 'items' | 'isReset'>): boolean {
  if (isReset) return true;
  const heard = HEARD[String(queryKey[0])];
  return heard === undefined ? items.length > 0 : items.some(({ kind }) => heard.includes(kind));
}
