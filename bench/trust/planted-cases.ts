import { randomUUID } from 'node:crypto';
import { auditRecord } from '../../src/audit/model.ts';
import { auditHash } from '../../src/audit/service.ts';
import { calendarFrom, resolveDeadline } from '../../src/calendar/model.ts';
import { builtInNotices } from '../../src/calendar/notices/built-in.ts';
import type { Recorded } from '../../src/cases/model.ts';
import { eventHash } from '../../src/cases/service.ts';
import { fen } from '../../src/kernel/money.ts';
import { tenantId, type ActorId, type OrgPath } from '../../src/kernel/scope.ts';
import { instantFromMs, type Instant } from '../../src/kernel/time.ts';
import { canonicalBytes, type CanonicalValue } from '../../src/platform/crypto/canonical.ts';
import { hashOf } from '../../src/platform/ids.ts';
import type { ProjectCommand, ProjectProposal, ProjectState } from '../../src/projects/lifecycle/model.ts';
import { PROJECT_WORKFLOW, projectCaseId } from '../../src/projects/messages.ts';
import { projectMachine } from '../../src/projects/model.ts';
import { pinnedDefault } from '../../test/support/policies.ts';
import type { Stage } from '../engine/stage.ts';

export const PLANTED = tenantId('bench-backup');
const CASES_AT_ONCE = 500;
const HOUR_MS = 3_600_000;
const BEGUN_MS = Date.parse('2026-03-02T01:00:00Z');
const [COMMUNITY, UNIT, PERSON, ACCOUNT] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const ACTOR = `person:${PERSON}` as ActorId;
const ORG_PATH = '/office/xc/' as OrgPath;
const calendar = calendarFrom(builtInNotices, 1);
const [policy, points] = [pinnedDefault('microProject'), pinnedDefault('points')];

interface Planted {
  readonly id: string;
  readonly ordinal: number;
  readonly events: readonly { readonly event: Recorded<ProjectProposal>; readonly command: ProjectCommand }[];
  readonly state: ProjectState;
}

/** From the opening to the acceptance, as the machine decides it: its journal is as valid as one that a workflow wrote. */
function accepted(ordinal: number): Planted {
  const id = randomUUID();
  const asked = (step: number): { id: string; actor: ActorId; at: Instant } => ({
    id: hashOf(id, String(step)),
    actor: ACTOR,
    at: instantFromMs(BEGUN_MS + ordinal * 1000 + step * HOUR_MS),
  });
  const opening = { proposalId: randomUUID(), communityId: COMMUNITY, orgPath: ORG_PATH, budgetFen: fen(200_000), needs: [randomUUID()] };
  const commands: ProjectCommand[] = [
    { ...asked(0), type: 'open', ...opening, consentNeeded: false, policy, points },
    { ...asked(1), type: 'claim', unitId: UNIT },
    { ...asked(2), type: 'agree', implementerId: UNIT },
    { ...asked(3), type: 'start' },
    { ...asked(4), type: 'requestAcceptance' },
    { ...asked(5), type: 'accept' },
  ];
  let state: ProjectState | undefined;
  const events = commands.map((command, at) => {
    const { deadlines, ...facts } = projectMachine.decide(state, command, command.at);
    const due = Object.fromEntries(Object.entries(deadlines ?? {}).map(([name, spec]) => [name, { ...resolveDeadline(spec, calendar), spec }]));
    const event = { ...facts, version: at + 1, commandId: command.id, actor: ACTOR, at: command.at, due } as unknown as Recorded<ProjectProposal>;
    state = projectMachine.apply(state, event);
    return { event, command };
  });
  return { id, ordinal, events, state: state! };
}

/**
 * Cases with all rows that a case leaves: journal, head, waits, commands, audit, read model. No workflow runs for them: what
 * is measured is the database's backup, whose time follows the rows.
 */
export async function plantCases({ admin }: Stage, cases: number): Promise<{ rows: number }> {
  let rows = 0;
  for (let from = 0; from < cases; from += CASES_AT_ONCE) {
    const planted = Array.from({ length: Math.min(CASES_AT_ONCE, cases - from) }, (_, at) => accepted(from + at + 1));
    await admin.query('BEGIN');
    rows += await insert(admin, planted);
    await admin.query('COMMIT');
  }
  return { rows };
}

async function insert(admin: Stage['admin'], planted: readonly Planted[]): Promise<number> {
  const steps = planted.flatMap(({ id, events }) => events.map((step) => ({ caseId: projectCaseId(id), ...step })));
  const journal = steps.map(({ event }) => canonicalBytes(event as unknown as CanonicalValue));
  const audits = steps.map(({ caseId, event }) => ({
    ...{ id: randomUUID(), tenant: PLANTED, at: event.at, actor: ACTOR, personId: PERSON, accountId: ACCOUNT, action: `${PROJECT_WORKFLOW}.${event.type}` },
    ...{ subject: caseId, outcome: 'done' as const, caseVersion: event.version, commandId: event.commandId, requestId: randomUUID(), network: '192.0.2.1' },
  }));
  const auditBytes = audits.map((audit) => canonicalBytes(auditRecord(audit)));
  const waits = planted.flatMap(({ id, state, events }) =>
    projectMachine.waits(state).map((wait) => ({ ...wait, caseId: projectCaseId(id), since: events.at(-1)!.event.at })),
  );
  const inserts = [
    () => many(admin, 'project', planted, [
      ['id', 'uuid', ({ id }) => id], ['ordinal', 'integer', ({ ordinal }) => ordinal], ['number', 'text', ({ ordinal }) => `MX-${ordinal}`],
      ['title', 'text', () => '示例'], ['category', 'text', () => 'elderly'], ['proposal_id', 'uuid', () => randomUUID()], ['community_id', 'uuid', () => COMMUNITY],
      ['org_path', 'text', () => ORG_PATH], ['version', 'integer', ({ events }) => events.length], ['status', 'text', ({ state }) => state.status],
      ['budget_fen', 'bigint', () => 200_000], ['lead_unit', 'uuid', () => UNIT], ['created_at', 'timestamptz', ({ events }) => events[0]!.event.at],
      ['moved_at', 'timestamptz', ({ events }) => events.at(-1)!.event.at],
    ]),
    () => many(admin, 'case_head', planted, [
      ['case_id', 'text', ({ id }) => projectCaseId(id)], ['kind', 'text', () => projectMachine.kind], ['org_path', 'text', () => ORG_PATH],
      ['version', 'integer', ({ events }) => events.length], ['clock_mode', 'text', () => 'virtual'], ['closed', 'boolean', ({ state }) => projectMachine.closed(state)],
      ['opened_at', 'timestamptz', ({ events }) => events[0]!.event.at], ['moved_at', 'timestamptz', ({ events }) => events.at(-1)!.event.at],
    ]),
    () => many(admin, 'case_event', steps, [
      ['case_id', 'text', ({ caseId }) => caseId], ['version', 'integer', ({ event }) => event.version], ['command_id', 'text', ({ event }) => event.commandId],
      ['type', 'text', ({ event }) => event.type], ['schema', 'integer', ({ event }) => event.schema], ['event_bytes', 'bytea', (_, at) => journal[at]],
      ['hash', 'bytea', (_, at) => eventHash(journal[at]!)], ['at', 'timestamptz', ({ event }) => event.at],
    ]),
    () => many(admin, 'case_command', steps, [
      ['command_id', 'text', ({ command }) => command.id], ['case_id', 'text', ({ caseId }) => caseId], ['kind', 'text', () => projectMachine.kind],
      ['type', 'text', ({ command }) => command.type], ['actor', 'text', () => ACTOR], ['account_id', 'uuid', () => ACCOUNT], ['person_id', 'uuid', () => PERSON],
      ['command_bytes', 'bytea', ({ command }) => Buffer.from(JSON.stringify(command))], ['answered_at', 'timestamptz', ({ event }) => event.at],
      ['taken_in_at', 'timestamptz', ({ event }) => event.at], ['outcome', 'text', () => 'done'],
    ]),
    () => many(admin, 'open_wait', waits, [
      ['case_id', 'text', ({ caseId }) => caseId], ['name', 'text', ({ name }) => name], ['kind', 'text', () => projectMachine.kind], ['org_path', 'text', () => ORG_PATH],
      ['owner_role', 'text', ({ owner }) => owner.role], ['owner_org_unit', 'uuid', ({ owner }) => owner.orgUnitId ?? null], ['due', 'timestamptz', ({ due }) => due ?? null],
      ['wake_at', 'timestamptz', ({ wakeAt }) => wakeAt ?? null], ['otherwise', 'text', ({ otherwise }) => otherwise], ['since', 'timestamptz', ({ since }) => since],
    ]),
    () => many(admin, 'audit_event', audits, [
      ['id', 'uuid', ({ id }) => id], ['at', 'timestamptz', ({ at }) => at], ['actor', 'text', () => ACTOR], ['account_id', 'uuid', () => ACCOUNT], ['person_id', 'uuid', () => PERSON],
      ['action', 'text', ({ action }) => action], ['subject', 'text', ({ subject }) => subject], ['outcome', 'text', () => 'done'], ['case_version', 'integer', ({ caseVersion }) => caseVersion],
      ['command_id', 'text', ({ commandId }) => commandId], ['request_id', 'text', ({ requestId }) => requestId], ['network', 'text', ({ network }) => network],
      ['event_bytes', 'bytea', (_, at) => auditBytes[at]], ['hash', 'bytea', (_, at) => auditHash(auditBytes[at]!)],
    ]),
  ];
  let rows = 0;
  for (const one of inserts) rows += await one();
  return rows;
}

type ColumnOf<Row> = readonly [name: string, type: string, value: (row: Row, at: number) => unknown];

async function many<Row>(admin: Stage['admin'], table: string, rows: readonly Row[], columns: readonly ColumnOf<Row>[]): Promise<number> {
  const slots = columns.map(([, type], at) => `$${at + 2}::${type}[]`).join(', ');
  await admin.query({
    name: `plant ${table}`,
    text: `INSERT INTO ${table} (tenant_id, ${columns.map(([name]) => name).join(', ')}) SELECT $1, row.* FROM unnest(${slots}) AS row`,
    values: [PLANTED, ...columns.map(([, , value]) => rows.map(value))],
  });
  return rows.length;
}
