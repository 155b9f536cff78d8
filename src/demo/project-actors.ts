import type { ProjectAct } from './acts.ts';
import type { DeliveryLine, YearFiles } from './files.ts';
import type { Desk, Place } from './office.ts';
import { Refused, type Sender } from './sender.ts';

export interface Cast {
  readonly desk: Desk;
  readonly files: YearFiles;
  readonly worker: Sender;
  readonly leaders: readonly Sender[];
  readonly anyone: Sender;
  /** The liaison of a unit, by the unit's code. */
  liaison(code: string): Sender;
  /** Rating slips by project number; handed out on paper, so they are kept here. */
  readonly slips: Map<string, ReadonlyMap<number, string>>;
  /** Answers that the script expects to be refused, and were. */
  readonly refused: string[];
}

interface ProjectRow {
  readonly status: string;
  readonly communityId: string;
  readonly offeredTo: string | null;
  readonly leadUnit: string | null;
  readonly implementerId: string | null;
}

interface AwardRow {
  readonly id: string;
  readonly digest: string;
}

/** At most ¥2,000 and a quarter of what was spent: below what the award pack allows. */
const AWARD_FEN = 200_000;

/** Of the marks out of 100 that the evaluators give; the grade is computed by the service. */
const MARKS = { completion: 95, quality: 92, finance: 96, sustainability: 90 };

export async function actOnProject(cast: Cast, act: ProjectAct, key: string): Promise<void> {
  const { desk, worker } = cast;
  const id = desk.projects.get(act.project);
  if (id === undefined) throw new Error(`project ${act.project} was never opened`);
  const path = `/api/v1/projects/${id}`;
  const project = await desk.manager.get<ProjectRow>(path);
  const post = (sender: Sender, step: string, body: unknown): Promise<unknown> => sender.post(`${path}/${step}`, body, key);
  const asLead = (step: string, body: object): Promise<unknown> => {
    const unit = placeOf(desk, project.leadUnit);
    return post(cast.liaison(unit.code), step, { unitId: unit.id, ...body });
  };
  switch (act.type) {
    case 'recordConsent':
      await post(worker, 'consent', { householdsAsked: 34, householdsAgreed: 34, areaAsked: 2890, areaAgreed: 2890, reference: '示例：居民签字表' });
      return;
    case 'claim':
      await claim(cast, project, path, key);
      return;
    case 'declineOffer': {
      const unit = placeOf(desk, project.offeredTo);
      await post(cast.liaison(unit.code), 'decline', { unitId: unit.id, reason: act.text });
      return;
    }
    case 'withdraw':
      await asLead('withdraw', { reason: act.text });
      return;
    case 'agree': {
      const implementerId = (act.implementer && desk.units.get(act.implementer)?.id) ?? project.leadUnit;
      await asLead('agree', { implementerId, signedOn: act.at.slice(0, 10), startsAtOnce: act.startsAtOnce });
      return;
    }
    case 'start':
      await asLead('start', {});
      return;
    case 'pledge':
    case 'deliver':
    case 'verify':
      await fund(cast, act.type, act.delivery, path, key);
      return;
    case 'submitReport': {
      const { quarter, text, closedNeeds, served, spentFen } = act.report;
      const needsAnswered = closedNeeds.map((number) => desk.needs.get(number)?.id).filter((need) => need !== undefined);
      await asLead(`reports/${quarter}/submit`, { done: text, needsAnswered, served, spentFen });
      return;
    }
    case 'returnReport':
      await post(worker, `reports/${act.quarter}/return`, { reason: act.text });
      return;
    case 'acceptReport':
      await post(worker, `reports/${act.quarter}/accept`, {});
      return;
    case 'waiveReport':
      await post(desk.manager, `reports/${act.quarter}/waive`, { reason: '示例：季报缺失，免报' });
      return;
    case 'issueSlips': {
      const { items } = await worker.post<{ items: { servedNumber: number; code: string }[] }>(`${path}/rating-codes`, { count: act.count }, key);
      cast.slips.set(act.project, new Map(items.map(({ servedNumber, code }) => [servedNumber, code])));
      return;
    }
    case 'rate':
      await rate(cast, act, key);
      return;
    case 'requestAcceptance':
      await asLead('request-acceptance', { summary: '示例：项目完成，申请验收' });
      return;
    case 'requireRectification':
      await post(worker, 'require-rectification', { reason: act.text });
      return;
    case 'submitRectification':
      await asLead('submit-rectification', { summary: '示例：整改完成' });
      return;
    case 'accept':
      await post(worker, 'accept', { finding: '示例：通过验收' });
      return;
    case 'evaluate':
      await post(desk.manager, 'evaluate', { ...MARKS, proposeAward: act.awardExpected, doubtfulRatings: 'count' });
      return;
    case 'proposeAward': {
      // Without verified money there is nothing to reward: the evaluation has closed it.
      if (project.status !== 'evaluated') return;
      const { lines } = await desk.manager.get<{ lines: { book: string; verified: number }[] }>(`${path}/funding`);
      const spent = lines.filter(({ book }) => book === 'money').reduce((sum, { verified }) => sum + verified, 0);
      const amountFen = Math.min(AWARD_FEN, Math.floor(spent / 4));
      const body = { projectId: id, recipientId: project.implementerId, amountFen, purpose: '示例：项目持续运行' };
      await desk.manager.post('/api/v1/awards', body, `demo-award-${id}`);
      return;
    }
    case 'approveAward': {
      const { items } = await desk.manager.get<{ items: AwardRow[] }>(`/api/v1/awards?projectId=${id}`);
      const [award] = items;
      if (!award) return;
      const leader = cast.leaders[act.at.slice(11, 13) === '02' ? 0 : 1];
      await leader?.post(`/api/v1/awards/${award.id}/approve`, { digest: award.digest }, key);
    }
  }
}

/** Whoever the offer is out to; on the open list, the first unit that has room. */
async function claim(cast: Cast, project: ProjectRow, path: string, key: string): Promise<void> {
  const { desk, files } = cast;
  const offered = project.offeredTo === null ? undefined : placeOf(desk, project.offeredTo).code;
  const candidates = offered === undefined ? files.units : [offered];
  for (const code of candidates) {
    const unit = desk.units.get(code);
    if (!unit) continue;
    try {
      await cast.liaison(code).post(`${path}/claim`, { unitId: unit.id }, `${key}-${code}`);
      return;
    } catch (error) {
      if (!(error instanceof Refused && error.code === 'PROJECT_CLAIM_LIMIT' && offered === undefined)) throw error;
    }
  }
  throw new Error('no unit has room for an open project');
}

/** A unit that stepped down as lead and still pays promises again before it delivers. */
async function fund(cast: Cast, step: 'pledge' | 'deliver' | 'verify', delivery: DeliveryLine, path: string, key: string): Promise<void> {
  const unit = cast.desk.units.get(delivery.funder);
  if (!unit) throw new Error(`funder ${delivery.funder} is unknown`);
  const book = delivery.form === 'cash' ? 'money' : 'inKind';
  const body = { unitId: unit.id, book, amount: delivery.amountFen, voucher: delivery.number };
  const sender = step === 'verify' ? cast.worker : cast.liaison(delivery.funder);
  try {
    await sender.post(`${path}/${step}`, body, key);
  } catch (error) {
    if (step !== 'deliver' || !(error instanceof Refused) || error.code !== 'LEDGER_OVERDRAWN') throw error;
    await sender.post(`${path}/pledge`, body, `${key}-again`);
    await sender.post(`${path}/deliver`, body, `${key}-then`);
  }
}

async function rate(cast: Cast, act: Extract<ProjectAct, { type: 'rate' }>, key: string): Promise<void> {
  const { slip, score } = act.rating;
  const code = cast.slips.get(act.project)?.get(slip);
  try {
    await cast.anyone.post('/api/v1/ratings', { code, stars: score }, key);
  } catch (error) {
    if (!act.slipUsedBefore || !(error instanceof Refused)) throw error;
    cast.refused.push(error.code);
  }
}

function placeOf(desk: Desk, id: string | null): Place {
  const place = [...desk.units.values()].find((unit) => unit.id === id);
  if (!place) throw new Error('nobody holds this project');
  return place;
}
