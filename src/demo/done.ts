import type { Act, ProjectAct } from './acts.ts';
import type { Cast } from './project-actors.ts';

/** What a deed that moves its project leaves in the journal; money, slips, ratings and awards are known by their keys. */
const LEAVES: Partial<Record<Act['type'], string>> = {
  recordConsent: 'consentRecorded',
  claim: 'claimed',
  declineOffer: 'offerDeclined',
  withdraw: 'withdrawn',
  agree: 'agreed',
  start: 'started',
  submitReport: 'reportSubmitted',
  returnReport: 'reportReturned',
  acceptReport: 'reportAccepted',
  waiveReport: 'reportWaived',
  requestAcceptance: 'acceptanceRequested',
  requireRectification: 'rectificationRequired',
  submitRectification: 'rectificationSubmitted',
  accept: 'accepted',
  evaluate: 'evaluated',
};

/** Whether a driver before this one had already sent it: then the project no longer stands where the act expects it. */
export async function isDone({ desk }: Cast, act: ProjectAct): Promise<boolean> {
  const event = LEAVES[act.type];
  const id = desk.projects.get(act.project);
  if (event === undefined || id === undefined) return false;
  const history = await desk.manager.get<{ type: string; at: string }[]>(`/api/v1/projects/${id}/history`);
  return history.some(({ type, at }) => type === event && at === act.at);
}
