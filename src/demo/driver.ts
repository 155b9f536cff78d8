import { nextQuarter, previousQuarter, provisionally, quarterStart, type Quarter } from '../calendar/model.ts';
import { CalendarService } from '../calendar/service.ts';
import { BusinessClock } from '../calendar/clock.ts';
import { CaseDriver } from '../cases/driver/service.ts';
import { tenantScope } from '../kernel/scope.ts';
import { addDays, laterOf, shanghaiDate, shanghaiInstant, type Instant } from '../kernel/time.ts';
import { Database } from '../platform/database/database.ts';
import { PolicyService } from '../policy/service.ts';
import { meetingByPolicy } from '../quarters/schedule/model.ts';
import type { Act } from './acts.ts';
import { isDone } from './done.ts';
import { readYear, type YearFiles } from './files.ts';
import { doOfficeDeed, knowNumbers, pages, raiseCap, registerUnits, type Desk } from './office.ts';
import { patiently } from './patience.ts';
import { enrolLiaisons, liaison, pathOf, setUpTenant, signedIn, withToken, type Stage } from './people.ts';
import { actOnProject, type Cast } from './project-actors.ts';
import { scriptOf } from './script.ts';
import { senderOf, type Sender } from './sender.ts';

export interface YearPlan {
  readonly dir: string;
  readonly seed: number;
  readonly name: string;
  /** From 0 to 1, and the business day that has been reached. */
  progress(done: number, day: string): void;
}

export interface YearOutcome {
  readonly manager: Sender;
  readonly from: Quarter;
  readonly until: Quarter;
  /** Codes of refusals that belong to the story, such as a slip used twice. */
  readonly refused: readonly string[];
}

/** Acts of different projects at one instant, side by side. */
const WIDTH = 12;

/** The day before the first act: where the tenant's clock begins. */
const LEAD_DAYS = 1;

/**
 * Plays a year of files over the real engine: jumps from one instant at which somebody acts, or something is due, to
 * the next; people act through the public API. Repeating it with the same tenant goes on where it stopped: the clock
 * only moves when everything before is done, so what lies behind it need not be tried again, except that rating slips
 * are printed again. It waits while a server is away. What people had begun at the very instant is answered from their keys or found in the journal.
 */
export async function playYear(stage: Stage, plan: YearPlan): Promise<YearOutcome> {
  const { app, tenant } = stage;
  const driver = app.get(CaseDriver, { strict: false });
  const files = await readYear(plan.dir);
  const quarters = [...new Set(files.reports.map(({ quarter }) => quarter))].sort();
  const [from, until] = [quarters[0]!, quarters.at(-1)!];
  const begins = shanghaiInstant(addDays(quarterStart(previousQuarter(from)), 45 - LEAD_DAYS), 8);
  await patiently(() => setUpTenant(stage, plan.name, begins));
  const cast = await castFor(stage, plan.dir, files, begins);
  const acts = await actsFor(stage, files, plan.seed, until);
  const keyOf = (index: number): string => `demo-${plan.seed}-${index}`;

  const reached = await clockOf(stage);
  const past = acts.filter(({ at }) => at < reached);
  await together(past, (act, index) => (act.type === 'issueSlips' ? perform(cast, act, keyOf(index)) : Promise.resolve()));
  for (let next = past.length; next < acts.length; ) {
    const at = acts[next]!.at;
    let end = next;
    while (acts[end]?.at === at) end += 1;
    await patiently(() => driver.advanceTo(tenant, at));
    await together(acts.slice(next, end), async (act, index) => {
      if (at === reached && act.project !== undefined && (await isDone(cast, act))) return;
      await perform(cast, act, keyOf(next + index));
    });
    next = end;
    plan.progress(next / acts.length, shanghaiDate(at));
  }
  await patiently(() => finish(stage, endOf(until)));
  // Awards of the last quarter's projects are granted in the quarter after it.
  return { manager: cast.desk.manager, from, until: nextQuarter(until), refused: cast.refused };
}

/** What is left to the engine alone. */
async function finish(stage: Stage, end: Instant): Promise<void> {
  const { app, tenant } = stage;
  const driver = app.get(CaseDriver, { strict: false });
  await driver.settle(tenant);
  for (let wake = await driver.nextWake(tenant); wake && wake <= end; wake = await driver.nextWake(tenant)) {
    await driver.advanceTo(tenant, laterOf(wake, await clockOf(stage)));
  }
}

/** The awards' notices and the minutes of the last meeting run out in the month after the last quarter. */
function endOf(until: Quarter): Instant {
  return shanghaiInstant(addDays(quarterStart(nextQuarter(until)), 44));
}

async function clockOf({ app, tenant }: Stage): Promise<Instant> {
  return app.get(Database).within(tenantScope(tenant), (tx) => app.get(BusinessClock, { strict: false }).now(tx));
}

type YearAct = Act | { readonly type: 'openQuarters' | 'holdMeetings'; readonly quarter: Quarter; readonly at: Instant; readonly project?: undefined };

async function actsFor({ app, tenant }: Stage, files: YearFiles, seed: number, until: Quarter): Promise<YearAct[]> {
  const { calendar, offerDays, meetings } = await app.get(Database).within(tenantScope(tenant), async (tx) => {
    const now = await app.get(BusinessClock, { strict: false }).now(tx);
    const policies = app.get(PolicyService, { strict: false });
    const project = await policies.current(tx, 'microProject', now);
    const meeting = await policies.current(tx, 'quarter', now);
    const days = provisionally(await app.get(CalendarService, { strict: false }).calendar(tx));
    return { calendar: days, offerDays: project.values.offerWorkdays, meetings: meeting.values };
  });
  const acts: YearAct[] = [...scriptOf(files, { calendar, offerDays, seed })];
  const first = [...files.reports].map(({ quarter }) => quarter).sort()[0]!;
  for (let quarter = nextQuarter(first); quarter <= nextQuarter(until); quarter = nextQuarter(quarter)) {
    const start = quarterStart(quarter);
    acts.push({ type: 'openQuarters', quarter, at: shanghaiInstant(addDays(start, -30), 9) });
    acts.push({ type: 'holdMeetings', quarter, at: shanghaiInstant(meetingByPolicy(quarter, meetings, calendar), 16) });
  }
  return acts.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

async function castFor(stage: Stage, dir: string, files: YearFiles, begins: Instant): Promise<Cast> {
  const manager = await withToken(stage, 'manager', 'manager');
  const leaders = [await signedIn(stage, 'leader1'), await signedIn(stage, 'leader2')];
  const desk: Desk = { dir, manager, units: new Map(), needs: new Map(), proposals: new Map(), projects: new Map() };
  const day = shanghaiDate(begins);
  await registerUnits(desk, day);
  await raiseCap(desk, day);
  await knowNumbers(desk);
  const partners = [...desk.units.values()].filter(({ orgPath }) => orgPath.startsWith('/units/'));
  await enrolLiaisons(stage, partners.map(({ code, orgPath }) => ({ code, path: pathOf(orgPath) })));
  const senders = new Map<string, Sender>();
  for (const { code } of partners) senders.set(code, await withToken(stage, liaison(code), 'unit'));
  return {
    desk,
    files,
    worker: await withToken(stage, 'worker', 'communityWorker'),
    leaders,
    anyone: senderOf(stage.base, { origin: new URL(stage.base).origin }),
    liaison: (code) => senders.get(code) ?? fail(`nobody speaks for ${code}`),
    slips: new Map(),
    refused: [],
  };
}

async function perform(cast: Cast, act: YearAct, key: string): Promise<void> {
  if (act.project !== undefined) return actOnProject(cast, act, key);
  switch (act.type) {
    case 'confirmNeed': {
      const need = cast.desk.needs.get(act.confirmation.need);
      if (need) await cast.worker.post(`/api/v1/needs/${need.id}/confirm-solved`, { by: act.confirmation.by }, key);
      return;
    }
    case 'openQuarters':
      await cast.desk.manager.post('/api/v1/quarters/open-due', { quarter: act.quarter }, key);
      return;
    case 'holdMeetings':
      await holdMeetings(cast, act.quarter);
      return;
    default:
      await doOfficeDeed(cast.desk, act);
  }
}

async function holdMeetings({ desk }: Cast, quarter: Quarter): Promise<void> {
  const cycles = await pages<{ communityId: string; quarter: string }>(desk.manager, '/api/v1/quarters');
  for (const { communityId } of cycles.filter((cycle) => cycle.quarter === quarter)) {
    const path = `/api/v1/quarters/${communityId}/${quarter}`;
    const minutes = { resolutions: 2, unitsPresent: 8, minutes: '示例：听取上季度汇报，议定下季度事项' };
    await desk.manager.post(`${path}/record-meeting`, minutes, `demo-meeting-${communityId}-${quarter}`);
    await desk.manager.post(`${path}/publish-report`, {}, `demo-publish-${communityId}-${quarter}`);
  }
}

/** One after the other for each project, in the script's order; different projects side by side. */
async function together(acts: readonly YearAct[], work: (act: YearAct, index: number) => Promise<void>): Promise<void> {
  const queues = new Map<string, number[]>();
  for (const [index, { project = '' }] of acts.entries()) queues.set(project, [...(queues.get(project) ?? []), index]);
  const waiting = [...queues.values()];
  const lane = async (): Promise<void> => {
    for (let queue = waiting.shift(); queue; queue = waiting.shift()) {
      for (const index of queue) await work(acts[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, lane));
}

function fail(message: string): never {
  throw new Error(message);
}
