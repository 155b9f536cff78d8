import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { UnitService } from '../../../src/accounts/units/service.ts';
import { BusinessClock } from '../../../src/calendar/clock.ts';
import { ADVANCE_UPDATE, workflowIdOf, type Answer } from '../../../src/cases/messages.ts';
import { fen } from '../../../src/kernel/money.ts';
import { tenantScope } from '../../../src/kernel/scope.ts';
import { localDate, shanghaiInstant, type Instant } from '../../../src/kernel/time.ts';
import { OfferService } from '../../../src/needs/offer/service.ts';
import type { Tx } from '../../../src/platform/database/database.ts';
import { projectCaseId } from '../../../src/projects/messages.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';
import { COMMUNITY, plantClaimants, type Claimant } from '../../support/claimants.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { inFrontOf, startTestEngine, type TestEngine } from '../../support/engine.ts';
import type { Answer as HttpAnswer } from '../../support/http.ts';
import { plantProposals } from '../../support/proposals.ts';
import { Staff, type StaffMember } from '../../support/staff.ts';

/** How long the engine may take for what it does by itself, on a busy machine. */
const MOST_MS = 40_000;

/** Nothing is a holiday in these two weeks. */
export const START = shanghaiInstant(localDate('2026-12-01'), 9);

type Service<It> = abstract new (...parts: never[]) => It;

/** A street office on a virtual clock, with its people and some units, on the real API and the real engine. */
export class Street {
  readonly db: TestDatabase;
  readonly engine: TestEngine;
  readonly api: TestApi;
  readonly staff: Staff;
  readonly manager: StaffMember;
  readonly worker: StaffMember;
  /** Of another community. */
  readonly stranger: StaffMember;
  readonly units: readonly Claimant[];
  #communityId = '';

  private constructor(stage: Pick<Street, 'db' | 'engine' | 'api' | 'staff' | 'manager' | 'worker' | 'stranger' | 'units'>) {
    ({ db: this.db, engine: this.engine, api: this.api, staff: this.staff } = stage);
    ({ manager: this.manager, worker: this.worker, stranger: this.stranger, units: this.units } = stage);
  }

  static async open(units: number): Promise<Street> {
    const db = await createTestDatabase();
    const engine = await startTestEngine(db);
    const api = await startTestApi({ database: db, ...inFrontOf(engine) });
    const staff = await Staff.of(api);
    const street = new Street({
      db,
      engine,
      api,
      staff,
      units: await plantClaimants(api, staff, units),
      manager: await staff.member('manager'),
      worker: await staff.member('communityWorker'),
      stranger: await staff.member('communityWorker', '/elsewhere/'),
    });
    await street.within(async (tx) => {
      await street.get(BusinessClock).declareVirtual(tx, START);
      street.#communityId = (await street.get(UnitService).byCodes(tx, [COMMUNITY])).get(COMMUNITY)!.id;
    });
    return street;
  }

  async close(): Promise<void> {
    await this.api.stop();
    await this.engine.stop();
    await this.db.drop();
  }

  get communityId(): string {
    return this.#communityId;
  }

  get<It>(type: Service<It>): It {
    return this.api.api.app.get(type, { strict: false });
  }

  within<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.db.database.within(tenantScope(this.staff.tenant), work);
  }

  proposals(count: number): Promise<string[]> {
    return plantProposals(this.api.api.app, this.staff.tenant, COMMUNITY, count);
  }

  /** A micro-project on the open list, or offered to this unit. */
  async project(first?: Claimant, proposalId?: string): Promise<Project> {
    const [planted] = proposalId ? [proposalId] : await this.proposals(1);
    const { status, body } = await this.manager.client.post('/api/v1/projects', { proposalId: planted, ...(first && { unitId: first.id }) });
    expect({ status, code: body.code }).toEqual({ status: 201, code: undefined });
    return new Project(this, body.id as string, planted!);
  }

  /** Has the unit offer what every planted proposal asks for. */
  async offerOf(unit: Claimant): Promise<void> {
    await this.within((tx) =>
      this.get(OfferService).register(
        tx,
        {
          sourceNumber: null,
          unitId: unit.id,
          categories: ['elderly'],
          communityIds: [this.communityId],
          description: '示例：上门助浴',
          capacity: 2,
          fundsFen: fen(10_000_000),
          hours: 100,
          fromOn: localDate('2025-01-01'),
          untilOn: null,
        },
        { commandId: randomUUID(), at: START },
      ),
    );
  }
}

/** One project and what people ask of it. */
export class Project {
  readonly street: Street;
  readonly id: string;
  readonly proposalId: string;
  readonly path: string;

  constructor(street: Street, id: string, proposalId: string) {
    this.street = street;
    this.id = id;
    this.proposalId = proposalId;
    this.path = `/api/v1/projects/${id}`;
  }

  ask(who: StaffMember, act: string, body: object = {}): Promise<HttpAnswer> {
    return who.client.post(`${this.path}/${act}`, body);
  }

  /** Asks and expects to be heard; answers what was answered. */
  async done(who: StaffMember, act: string, body: object = {}): Promise<HttpAnswer['body']> {
    const answer = await this.ask(who, act, body);
    expect({ act, status: answer.status, code: answer.body.code }).toEqual({ act, status: 200, code: undefined });
    return answer.body;
  }

  async refused(who: StaffMember, act: string, body: object, expected: string): Promise<void> {
    const before = await this.history();
    const answer = await this.ask(who, act, body);
    expect(`${answer.status} ${answer.body.code}`).toBe(expected);
    expect(await this.history()).toEqual(before);
  }

  async seen(rest = ''): Promise<HttpAnswer['body']> {
    return (await this.street.manager.client.get(`${this.path}${rest}`)).body;
  }

  async history(): Promise<string[]> {
    const events = (await this.seen('/history')) as { version: number; type: string }[];
    expect(events.map(({ version }) => version)).toEqual(events.map((_, index) => index + 1));
    return events.map(({ type }) => type);
  }

  async lead(unit: Claimant): Promise<void> {
    await this.done(unit, 'claim', { unitId: unit.id });
    await this.done(unit, 'agree', { unitId: unit.id, implementerId: unit.id, signedOn: '2026-12-01' });
  }

  async begin(unit: Claimant): Promise<void> {
    await this.lead(unit);
    await this.done(unit, 'start', { unitId: unit.id });
  }

  /** Lets the case's own time pass. */
  async moveTo(instant: Instant): Promise<void> {
    const workflowId = workflowIdOf(this.street.staff.tenant, projectCaseId(this.id));
    await this.street.engine.gateway.update<Answer>(workflowId, ADVANCE_UPDATE, randomUUID(), instant);
  }

  /** What the engine does by itself after a command, without a due date. */
  async until(expected: object): Promise<void> {
    for (const limit = Date.now() + MOST_MS; Date.now() < limit; ) {
      const now = (await this.seen()) as Record<string, unknown>;
      if (Object.entries(expected).every(([name, value]) => now[name] === value)) return;
      await delay(50);
    }
    expect(await this.seen()).toMatchObject(expected);
  }
}
