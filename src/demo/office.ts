import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { YearDeed } from './acts.ts';
import type { Sender } from './sender.ts';

export interface Place {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly orgPath: string;
}

interface Row {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly sourceNumber: string | null;
  readonly publicText: string | null;
}

interface ProjectRow {
  readonly id: string;
  readonly proposalId: string;
  readonly version: number;
}

interface Imported {
  readonly rejected?: readonly unknown[];
}

/** What the street office knows of its own numbers: filled as the year goes on. */
export interface Desk {
  readonly dir: string;
  readonly manager: Sender;
  /** By code. */
  units: ReadonlyMap<string, Place>;
  /** By the number in the files. */
  needs: ReadonlyMap<string, Row>;
  proposals: ReadonlyMap<string, Row>;
  /** Project id by the proposal's number in the files. */
  projects: ReadonlyMap<string, string>;
}

const POLL_MS = 100;

/** The sample's courtyard is above the default ceiling of a street: the office publishes its own version. */
const SAMPLE_CAP_FEN = 15_000_000;

export async function registerUnits(desk: Desk, on: string): Promise<void> {
  await uploadFile(desk, 'units', 'organisations.xlsx', { joinedOn: on, takeValid: 'true' });
  desk.units = new Map((await pages<Place>(desk.manager, '/api/v1/org-units')).map((unit) => [unit.code, unit]));
}

export async function raiseCap(desk: Desk, on: string): Promise<void> {
  const { manager } = desk;
  const { items } = await manager.get<{ items: { kind: string; version: number; inForce: boolean }[] }>('/api/v1/policy-packs');
  if (items.some(({ kind, version }) => kind === 'microProject' && version > 1)) return;
  const changes = { budgetCapFen: { value: SAMPLE_CAP_FEN, source: '示例：茶都景苑改造超过街道默认上限', grade: 'A' } };
  const body = { effectiveFrom: on, reason: '示例街道自定上限', changes };
  await manager.post('/api/v1/policy-packs/microProject', body, 'demo-policy-cap', { 'if-match': '"1"' });
}

/** Empty at first; after an interruption, what the office had got to. */
export async function knowNumbers(desk: Desk): Promise<void> {
  desk.needs = await bySource(desk.manager, '/api/v1/needs');
  desk.proposals = await bySource(desk.manager, '/api/v1/proposals');
  desk.projects = numbered(desk, await pages<ProjectRow>(desk.manager, '/api/v1/projects'));
}

/** Each deed is one working step of the office; a repeat finds it done. */
export async function doOfficeDeed(desk: Desk, deed: Exclude<YearDeed, { type: 'confirmNeed' }>): Promise<void> {
  switch (deed.type) {
    case 'openSurvey':
      return;
    case 'registerOffers':
      await uploadFile(desk, 'offers', 'offers.xlsx');
      return;
    case 'collectNeeds':
      await uploadFile(desk, 'needs', 'needs.csv');
      desk.needs = await bySource(desk.manager, '/api/v1/needs');
      return;
    case 'triageNeeds': {
      await inBatches(inState(desk.needs, 'raised'), (some, key) => desk.manager.post('/api/v1/needs/triage', { needs: some }, `demo-triage-${key}`));
      return;
    }
    case 'listNeeds':
      await uploadFile(desk, 'proposals', 'proposals.xlsx');
      desk.proposals = await bySource(desk.manager, '/api/v1/proposals');
      return;
    case 'bundleProjects': {
      await inBatches(inState(desk.proposals, 'draft'), (some, key) => desk.manager.post('/api/v1/proposals/ready', { proposals: some }, `demo-ready-${key}`));
      return;
    }
    case 'match':
      await desk.manager.post('/api/v1/matching-runs', {}, 'demo-matching-run');
      return;
    case 'confirmPlan':
      await confirmPlan(desk);
  }
}

async function confirmPlan(desk: Desk): Promise<void> {
  const { manager } = desk;
  const { id } = await manager.post<{ id: string }>('/api/v1/matching-runs', {}, 'demo-matching-run');
  const path = `/api/v1/matching-runs/${id}`;
  const run = await until(() => manager.get<{ status: string; planHash: string | null }>(path), ({ planHash }) => planHash !== null);
  await manager.post(`${path}/confirm`, { planHash: run.planHash }, 'demo-matching-confirm');
  const projects = await until(
    () => pages<ProjectRow>(manager, '/api/v1/projects'),
    (rows) => rows.length === desk.proposals.size && rows.every(({ version }) => version > 0),
  );
  desk.projects = numbered(desk, projects);
}

function numbered({ proposals }: Desk, projects: readonly ProjectRow[]): Desk['projects'] {
  const numbers = new Map([...proposals].map(([number, row]) => [row.id, number]));
  return new Map(projects.map(({ id, proposalId }) => [numbers.get(proposalId) ?? '', id]));
}

function inState(rows: ReadonlyMap<string, Row>, wanted: string): Pick<Row, 'id' | 'version'>[] {
  return [...rows.values()].filter(({ state }) => state === wanted).map(({ id, version }) => ({ id, version }));
}

export async function until<View>(look: () => Promise<View>, good: (view: View) => boolean): Promise<View> {
  const deadline = performance.now() + 60_000;
  for (let view = await look(); ; view = await look()) {
    if (good(view)) return view;
    if (performance.now() > deadline) throw new Error('the engine did not get there in time');
    await delay(POLL_MS);
  }
}

async function bySource(sender: Sender, path: string): Promise<ReadonlyMap<string, Row>> {
  return new Map((await pages<Row>(sender, path)).map((row) => [row.sourceNumber ?? '', row]));
}

export async function pages<Row>(sender: Sender, path: string): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: Row[]; next: string | null } = await sender.get(`${path}?limit=100${after}`);
    rows.push(...page.items);
    cursor = page.next;
  }
  return rows;
}

async function uploadFile({ manager, dir }: Desk, kind: string, name: string, fields: Record<string, string> = {}): Promise<Imported> {
  const file = { name: basename(name), bytes: await readFile(join(dir, name)) };
  const path = kind === 'units' ? '/api/v1/imports/units' : `/api/v1/imports/${kind}?takeGood=true`;
  return manager.upload<Imported>(path, file, fields, `demo-import-${kind}`);
}

/** Each batch is named after its first row, so that what is left after an interruption is cut as before. */
async function inBatches<Item extends { readonly id: string }>(
  items: readonly Item[],
  send: (some: Item[], key: string) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < items.length; from += 100) await send(items.slice(from, from + 100), items[from]!.id);
}
