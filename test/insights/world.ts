import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type pg from 'pg';
import type { TestDatabase } from '../support/database.ts';
import { tenantId, tenantScope, type OrgPath, type TenantId } from '../../src/kernel/scope.ts';
import { addDays, localDate, shanghaiInstant, type Instant, type LocalDate } from '../../src/kernel/time.ts';
import { accountOf, type Posting } from '../../src/ledger/model.ts';
import { LedgerService } from '../../src/ledger/service.ts';
import { LedgerStore } from '../../src/ledger/store.ts';

export const QUARTERS = ['2025Q3', '2025Q4', '2026Q1', '2026Q2'] as const;
const DAY_ONE = localDate('2025-07-01');
const DAYS = 365;

export interface WorldReport {
  readonly quarter: number;
  readonly unit: number;
  readonly status: 'submitted' | 'accepted' | 'returned' | 'waived';
  readonly served: number;
  readonly late: boolean;
  readonly needs: readonly number[];
}

export interface WorldProject {
  readonly community: number;
  readonly lead: number | null;
  readonly status: 'implementing' | 'rewarded' | 'closed' | 'cancelled' | 'listed';
  readonly led: number;
  readonly ended: number;
  readonly award: number | null;
  readonly rewarded: number;
  readonly reports: readonly WorldReport[];
}

export interface World {
  readonly communities: readonly { readonly left: number | null }[];
  readonly units: readonly { readonly kind: 'coBuildingUnit' | 'socialOrganization' }[];
  readonly memberships: readonly { readonly unit: number; readonly community: number; readonly joined: number; readonly left: number | null }[];
  readonly projects: readonly WorldProject[];
  readonly needs: readonly (readonly ('raiser' | 'community')[])[];
  readonly verified: readonly {
    readonly project: number;
    readonly unit: number;
    readonly book: 'money' | 'inKind' | 'hours';
    readonly amount: number;
    readonly on: number;
    readonly corrected: boolean;
  }[];
}

const COMMUNITIES = 3;
const UNITS = 5;
const PROJECTS = 6;
const NEEDS = 8;

const day = fc.nat(DAYS - 1);
const below = (count: number): fc.Arbitrary<number> => fc.nat(count - 1);
const exactly = <Item>(item: fc.Arbitrary<Item>, length: number): fc.Arbitrary<Item[]> =>
  fc.array(item, { minLength: length, maxLength: length });

const report: fc.Arbitrary<WorldReport> = fc.record({
  quarter: below(QUARTERS.length),
  unit: below(UNITS),
  status: fc.constantFrom('submitted', 'accepted', 'accepted', 'accepted', 'returned', 'waived'),
  served: fc.nat(500),
  late: fc.boolean(),
  needs: fc.uniqueArray(below(NEEDS), { maxLength: 4 }),
});

export const worlds: fc.Arbitrary<World> = fc.record({
  communities: exactly(fc.record({ left: fc.option(day, { freq: 3 }) }), COMMUNITIES),
  units: exactly(fc.record({ kind: fc.constantFrom('coBuildingUnit', 'coBuildingUnit', 'socialOrganization') }), UNITS),
  memberships: fc.uniqueArray(
    fc.record({ unit: below(UNITS), community: below(COMMUNITIES), joined: day, left: fc.option(fc.nat(200)) }),
    { selector: ({ unit, community }) => unit * COMMUNITIES + community, maxLength: 10 },
  ),
  projects: exactly(
    fc.record({
      community: below(COMMUNITIES),
      lead: fc.option(below(UNITS), { freq: 6 }),
      status: fc.constantFrom('implementing', 'rewarded', 'closed', 'closed', 'cancelled', 'listed'),
      led: day,
      ended: fc.nat(200),
      award: fc.option(fc.integer({ min: 1, max: 5_000_000 })),
      rewarded: day,
      reports: fc.uniqueArray(report, { selector: ({ quarter }) => quarter, maxLength: 4 }),
    }),
    PROJECTS,
  ),
  needs: exactly(fc.subarray<'raiser' | 'community'>(['raiser', 'community']), NEEDS),
  verified: fc.array(
    fc.record({
      project: below(PROJECTS),
      unit: below(UNITS),
      book: fc.constantFrom('money', 'money', 'inKind', 'hours'),
      amount: fc.integer({ min: 1, max: 9_000_000_000 }),
      on: day,
      corrected: fc.boolean(),
    }),
    { maxLength: 12 },
  ),
});

export function dayOf(offset: number): LocalDate {
  return addDays(DAY_ONE, offset);
}

const noon = (offset: number): Instant => shanghaiInstant(dayOf(offset), 12);

export interface Planted {
  readonly tenant: TenantId;
  readonly communities: readonly string[];
  readonly units: readonly string[];
}

/** Writes the world's rows as the areas would have left them, in a tenant of its own unless one that is there is named. */
export async function plant(world: World, db: TestDatabase, admin: pg.Client, into?: TenantId): Promise<Planted> {
  const tenant = into ?? tenantId(`w-${randomUUID().slice(0, 8)}`);
  const ids = (rows: readonly unknown[]): string[] => rows.map(() => randomUUID());
  const [communities, units, projects, needs] = [ids(world.communities), ids(world.units), ids(world.projects), ids(world.needs)];
  const insert = async (table: string, row: Record<string, unknown>): Promise<void> => {
    const values = { tenant_id: tenant, ...row };
    const names = Object.keys(values);
    await admin.query(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
      Object.values(values),
    );
  };

  if (into === undefined) await insert('accounts_tenant', { name: '示例', created_at: noon(0) });
  for (const [index, { left }] of world.communities.entries()) {
    const place = { org_path: `/street/c${index}/`, left_on: left === null ? null : dayOf(left) };
    await insert('accounts_org_unit', { id: communities[index], kind: 'community', code: `c${index}`, name: `社区${index}`, ...place });
  }
  for (const [index, { kind }] of world.units.entries()) {
    await insert('accounts_org_unit', { id: units[index], kind, code: `u${index}`, name: `单位${index}`, org_path: `/units/u${index}/` });
  }
  for (const { unit, community, joined, left } of world.memberships) {
    const joined_on = dayOf(joined);
    const left_on = left === null ? null : dayOf(joined + left);
    await insert('accounts_membership', { unit_id: units[unit], community_id: communities[community], joined_on, left_on });
  }
  for (const [index, confirmations] of world.needs.entries()) {
    const place = { community_id: communities[0], org_path: '/street/c0/' };
    const facts = { channel: 'visit', category: 'care', urgency: 2, people_affected: 1, raiser_kind: 'resident', raised_by: 'a', state: 'raised' };
    await insert('needs_need', { id: needs[index], serial: index + 1, ...place, ...facts, raised_at: noon(0) });
    for (const by_kind of confirmations) {
      await insert('needs_confirmation', { need_id: needs[index], by_kind, confirmed_at: noon(DAYS), confirmed_by: 'a' });
    }
  }
  for (const [index, project] of world.projects.entries()) await plantProject(project, index);
  await plantFunds();
  return { tenant, communities, units };

  async function plantProject(project: WorldProject, index: number): Promise<void> {
    const id = projects[index]!;
    const { community, lead, status, led, ended, award, rewarded } = project;
    await insert('project', {
      id,
      ordinal: index + 1,
      number: `MX-${index}`,
      title: '助浴上门',
      category: 'care',
      proposal_id: randomUUID(),
      community_id: communities[community],
      org_path: `/street/c${community}/`,
      status,
      budget_fen: 0,
      lead_unit: lead === null ? null : units[lead],
      award_fen: award,
      created_at: noon(0),
      moved_at: noon(0),
    });
    const steps: [string, number][] = [
      ...(lead === null ? [] : [['claimed', led] as [string, number]]),
      ...(award === null ? [] : [['rewarded', rewarded] as [string, number]]),
      ...(status === 'closed' || status === 'cancelled' ? [[status, led + ended] as [string, number]] : []),
    ];
    for (const [version, [type, on]] of steps.entries()) {
      const row = { case_id: `project/${id}`, version: version + 1, command_id: type, type, schema: 1, at: noon(on) };
      await insert('case_event', { ...row, event_bytes: Buffer.from('{}'), hash: Buffer.alloc(32) });
    }
    for (const { quarter, unit, status: state, served, late, needs: answered } of project.reports) {
      const key = { project_id: id, quarter: QUARTERS[quarter] };
      const settled_at = noon(quarter * 90 + index);
      await insert('project_report', { ...key, status: state, unit_id: units[unit], served, spent_fen: 0, late, settled_at });
      const owed = { ...key, community_id: communities[community], unit_id: units[unit], due: settled_at, asked_at: noon(0), late };
      await insert('report_due', owed);
      for (const need of answered) await insert('project_answered_need', { ...key, need_id: needs[need] });
    }
  }

  async function plantFunds(): Promise<void> {
    const ledger = new LedgerService(new LedgerStore());
    for (const [index, { project, unit, book, amount, on, corrected }] of world.verified.entries()) {
      const [debit, credit] = [accountOf('delivered', projects[project]!, units[unit]!), accountOf('verified', projects[project]!, units[unit]!)];
      const common = { commandId: `v-${index}`, book, amount, orgPath: '/street/' as OrgPath, at: noon(on) };
      const postings: Posting[] = [
        { ...common, ordinal: 0, memo: 'delivery', debit: accountOf('funder', units[unit]!), credit: debit },
        { ...common, ordinal: 1, memo: 'verification', debit, credit },
        ...(corrected ? [{ ...common, ordinal: 2, memo: 'correction' as const, debit: credit, credit: debit }] : []),
      ];
      await db.database.within(tenantScope(tenant), (tx) => ledger.post(tx, postings));
    }
  }
}
