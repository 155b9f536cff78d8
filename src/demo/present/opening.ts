import { nextQuarter, quarterOf, type Quarter } from '../../calendar/model.ts';
import { parseInstant, shanghaiDate, addDays, type LocalDate } from '../../kernel/time.ts';
import { until, type Place } from '../office.ts';
import { Refused } from '../sender.ts';
import { BUDGET_FEN, matched, projects, untriaged, type MatchedProject, type PresentProject } from './content.ts';
import type { PresentCast } from './people.ts';

export interface Opened {
  readonly line: PresentProject;
  readonly id: string;
  readonly communityId: string;
}

interface Numbered {
  readonly id: string;
  readonly version: number;
}

interface Raised extends Numbered {
  readonly raisedAt: string;
}

/** Long enough for the work, short enough to be a micro-project. */
const DAYS = 90;

/** Needs that wait for triage. Answers the day on which the first of them was raised: later texts are dated by it. */
export async function raiseNeeds({ resident, communities }: PresentCast): Promise<LocalDate> {
  const days: LocalDate[] = [];
  for (const [index, { text, category }] of untriaged.entries()) {
    const body = { communityId: communities[0]!.id, category, publicText: text };
    const { raisedAt } = await resident.post<Raised>('/api/v1/needs', body, `present-need-${index}`);
    days.push(shanghaiDate(parseInstant(raisedAt)));
  }
  return days[0]!;
}

/** The quarter that runs on that day, and the next one, whose meeting hears the reports on the running one. */
export async function openQuarters({ manager }: PresentCast, day: LocalDate): Promise<void> {
  const running = quarterOf(day);
  for (const quarter of [running, nextQuarter(running)]) {
    // Too few days may be left of the running one for a meeting; then it was held, or is left out.
    await manager.post('/api/v1/quarters/open-due', { quarter }, `present-open-${quarter}`).catch((error: unknown) => {
      if (!(error instanceof Refused && error.code === 'QUARTER_OVER')) throw error;
    });
  }
}

/** When the engine has asked everyone who owes a report, each community's next cycle collects. */
export async function reportsAsked({ manager, communities }: PresentCast, day: LocalDate): Promise<void> {
  const quarter: Quarter = nextQuarter(quarterOf(day));
  for (const { id } of communities) {
    await until(
      () => manager.get<{ status: string }>(`/api/v1/quarters/${id}/${quarter}`),
      ({ status }) => status !== 'asking',
    );
  }
}

export async function openByHand(cast: PresentCast, day: LocalDate): Promise<Opened[]> {
  const { manager, units } = cast;
  const opened: Opened[] = [];
  for (const [index, line] of projects.entries()) {
    const community = communityOf(cast, index);
    const proposal = await propose(cast, line, community, day);
    await publish(cast, [proposal], line.key);
    const unitId = line.unit === undefined ? undefined : units[line.unit]!.unit.id;
    const body = { proposalId: proposal.id, ...(unitId && { unitId }) };
    const { id } = await manager.post<{ id: string }>('/api/v1/projects', body, `present-project-${line.key}`);
    opened.push({ line, id, communityId: community.id });
  }
  return opened;
}

/** New offers, a matching run and its confirmation: the offered projects then wait for the units' answers. */
export async function openMatched(cast: PresentCast, day: LocalDate): Promise<void> {
  const { manager } = cast;
  const proposals: Numbered[] = [];
  for (const [index, line] of matched.entries()) {
    await registerOffer(cast, line, day);
    proposals.push(await propose(cast, line, communityOf(cast, index), day));
  }
  await publish(cast, proposals, 'matched');
  const { id } = await manager.post<{ id: string }>('/api/v1/matching-runs', {}, 'present-matching-run');
  const path = `/api/v1/matching-runs/${id}`;
  const look = (): Promise<{ status: string; planHash: string | null }> => manager.get(path);
  const { planHash } = await until(look, (run) => run.planHash !== null);
  await manager.post(`${path}/confirm`, { planHash }, 'present-matching-confirm');
  await until(look, ({ status }) => status === 'carriedOut');
}

async function registerOffer({ units, communities }: PresentCast, line: MatchedProject, day: LocalDate): Promise<void> {
  const { unit, sender } = units[line.unit]!;
  const body = {
    unitId: unit.id,
    categories: [line.category],
    communityIds: communities.map(({ id }) => id),
    description: line.offer,
    capacity: 3,
    fundsFen: 10 * BUDGET_FEN,
    hours: 200,
    fromOn: day,
  };
  await sender.post('/api/v1/offers', body, `present-offer-${line.key}`);
}

async function propose(
  { manager }: PresentCast,
  line: Pick<PresentProject, 'key' | 'title' | 'need' | 'category' | 'sharedProperty'>,
  community: Place,
  day: LocalDate,
): Promise<Numbered> {
  const { key, title, need: text, category, sharedProperty = false } = line;
  const wish = { communityId: community.id, category, publicText: text, channel: 'visit' };
  const { id, version } = await manager.post<Numbered>('/api/v1/needs', wish, `present-wish-${key}`);
  await manager.post('/api/v1/needs/triage', { needs: [{ id, version }] }, `present-triage-${key}`);
  const proposal = {
    communityId: community.id,
    title,
    description: text,
    category,
    budgetFen: BUDGET_FEN,
    hours: 40,
    fromOn: day,
    untilOn: addDays(day, DAYS),
    sharedProperty,
    peopleExpected: 30,
    needIds: [id],
  };
  return manager.post<Numbered>('/api/v1/proposals', proposal, `present-proposal-${key}`);
}

async function publish({ manager }: PresentCast, proposals: readonly Numbered[], key: string): Promise<void> {
  const body = { proposals: proposals.map(({ id, version }) => ({ id, version })) };
  await manager.post('/api/v1/proposals/ready', body, `present-ready-${key}`);
}

function communityOf({ communities }: PresentCast, index: number): Place {
  return communities[index % communities.length]!;
}
