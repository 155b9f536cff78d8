import { createHash, randomUUID } from 'node:crypto';
import { CallerService } from '../../src/accounts/callers/service.ts';
import { instantFromMs } from '../../src/kernel/time.ts';
import { tenantScope, type ActorId } from '../../src/kernel/scope.ts';
import type { Caller } from '../../src/platform/http/caller.ts';
import { Database } from '../../src/platform/database/database.ts';
import { CaseGateway } from '../../src/platform/temporal/gateway.ts';
import { ProjectCommands } from '../../src/projects/commands.ts';
import { quantile, rounded, timed } from './figures.ts';
import { foundTown, openProject, plantProposals } from './planting.ts';
import type { Stage } from './stage.ts';

/** Where a claim spends its time, p50 in ms: the same services without HTTP, watched at their two doors. */
export interface ClaimSpans {
  readonly authenticate: number;
  readonly emptyTransaction: number;
  readonly storeFirst: number;
  readonly update: number;
  readonly answer: number;
  readonly whole: number;
}

const NAMES = ['storeFirst', 'update', 'answer'] as const;

export async function measureSpans(stage: Stage, claims: number): Promise<ClaimSpans> {
  const { app } = stage.parts;
  const town = await foundTown(stage, 'bench-spans', Math.ceil(claims / 2));
  const proposals = await plantProposals(stage, town, claims);
  const projects: string[] = [];
  for (const proposal of proposals) projects.push(await openProject(town, proposal));
  const db = app.get(Database);
  const [liaison] = await db.within(tenantScope(town.tenant), (tx) =>
    tx.query<{ id: string; person: string }>(
      "SELECT id, person_id AS person FROM accounts_account WHERE tenant_id = $1 AND login = 'unit-1'",
      [town.tenant],
    ),
  );
  const caller: Caller = {
    tenant: town.tenant,
    accountId: liaison!.id,
    personId: liaison!.person,
    actor: liaison!.person as ActorId,
    via: 'token',
    secondFactor: false,
    withheld: [],
    grants: [{ role: 'unit', orgPath: '/units/' as never, permissions: ['projects.claim'] }],
  };
  const commands = app.get(ProjectCommands, { strict: false });
  const callers = app.get(CallerService, { strict: false });
  const doors = watched(db, app.get(CaseGateway));
  const spans = new Map<string, number[]>();
  const add = (name: string, ms: number): void => void spans.set(name, [...(spans.get(name) ?? []), ms]);
  for (const [index, id] of projects.entries()) {
    const unitId = town.unitIds[Math.floor(index / 2)]!;
    const key = { commandId: digest(randomUUID()), fingerprint: digest('{}'), requestId: randomUUID(), network: '' };
    doors.begin();
    add('whole', await timed(() => commands.claim({ caller, key, id }, { unitId })));
    for (const [place, ms] of doors.taken().entries()) add(NAMES[place] ?? 'more', ms);
    add('authenticate', await timed(() => callers.authenticate({ bearer: 'nobody' }, instantFromMs(Date.now()))));
    add('emptyTransaction', await timed(() => db.within(tenantScope(town.tenant), () => Promise.resolve())));
  }
  const p50 = (name: string): number => rounded(quantile(spans.get(name) ?? [NaN], 0.5));
  return {
    authenticate: p50('authenticate'),
    emptyTransaction: p50('emptyTransaction'),
    storeFirst: p50('storeFirst'),
    update: p50('update'),
    answer: p50('answer'),
    whole: p50('whole'),
  };
}

interface Doors {
  begin(): void;
  /** What has passed since, in order of beginning; a transaction within the update's call is taken off it. */
  taken(): number[];
}

function watched(db: Database, gateway: CaseGateway): Doors {
  const passed: number[] = [];
  const within = db.within.bind(db);
  const update = gateway.update.bind(gateway);
  db.within = async (scope, work) => {
    const begun = performance.now();
    try {
      return await within(scope, work);
    } finally {
      passed.push(performance.now() - begun);
    }
  };
  gateway.update = async (...parts) => {
    const begun = performance.now();
    const before = passed.length;
    try {
      return await update(...(parts as Parameters<typeof update>)) as never;
    } finally {
      const inside = passed.slice(before).reduce((sum, ms) => sum + ms, 0);
      passed.push(performance.now() - begun - inside);
    }
  };
  return { begin: () => void passed.splice(0), taken: () => [...passed] };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
