import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditService } from '../../src/audit/service.ts';
import { AuditStore } from '../../src/audit/store.ts';
import { BusinessClock, WallClock } from '../../src/calendar/clock.ts';
import { CalendarStore } from '../../src/calendar/store.ts';
import { tenantId, tenantScope } from '../../src/kernel/scope.ts';
import { parseInstant } from '../../src/kernel/time.ts';
import { PolicyModule } from '../../src/policy/module.ts';
import { policyKinds } from '../../src/policy/model.ts';
import { PolicyService } from '../../src/policy/service.ts';
import { PolicyStore } from '../../src/policy/store.ts';
import { texts } from '../../src/policy/texts.ts';
import { callerWith, startArea, type AreaApi } from '../calendar/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const PACKS = '/api/v1/policy-packs';
const at = parseInstant('2026-03-02T02:00:00Z');
const cap = { value: 15_000_000, source: '街道党工委会议纪要（示例）', grade: 'A' };
const higherCap = { effectiveFrom: '2026-03-02', reason: '提高上限', changes: { budgetCapFen: cap } };

describe('policy packs over HTTP', () => {
  let test: TestDatabase;
  let api: AreaApi;

  beforeAll(async () => {
    test = await createTestDatabase();
    const audit = new AuditService(new AuditStore());
    await test.database.within(tenantScope(tenantId('mengyang')), async (tx) => {
      await new PolicyService(new PolicyStore(), audit).installDefaults(tx, at);
      await new BusinessClock(new CalendarStore(), audit, new WallClock()).declareVirtual(tx, at);
    });
    api = await startArea(test.database, PolicyModule, texts, {
      manager: callerWith('mengyang', ['policy.read', 'policy.edit']),
      reader: callerWith('mengyang', ['policy.read'], '/mengyang/'),
      street: callerWith('mengyang', ['policy.edit'], '/mengyang/'),
      stranger: callerWith('elsewhere', ['policy.read', 'policy.edit']),
    });
  });
  afterAll(async () => {
    await api.stop();
    await test.drop();
  });

  it('shows every pack and each value with its evidence', async () => {
    const { body } = await api.as('reader').get(PACKS);
    expect(body.items.map(({ kind }: { kind: string }) => kind).sort()).toEqual([...policyKinds].sort());
    const pack = await api.as('reader').get(`${PACKS}/quarter/1`);
    expect(pack.headers.get('etag')).toBe('"1"');
    expect(pack.body.content.topicsBeforeDays).toMatchObject({ value: 15, unit: 'days', grade: '◐' });
    expect(await api.as('stranger').get(`${PACKS}/quarter/1`)).toMatchObject({ status: 404, body: { code: 'POLICY_UNKNOWN' } });
  });

  it('publishes the next version on the business day, once', async () => {
    const headers = { 'idempotency-key': 'raise-the-cap', 'if-match': '"1"' };
    const first = await api.as('manager').post(`${PACKS}/microProject`, higherCap, headers);
    expect(first).toMatchObject({ status: 201, body: { version: 2, content: { budgetCapFen: { ...cap, unit: 'fen' } } } });
    expect(first.headers.get('etag')).toBe('"2"');
    expect(await api.as('manager').post(`${PACKS}/microProject`, higherCap, headers)).toMatchObject({ status: 201, body: first.body });
    const other = { ...higherCap, reason: '另一理由' };
    expect(await api.as('manager').post(`${PACKS}/microProject`, other, headers)).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    const { body } = await api.as('reader').get(PACKS);
    const versions = body.items.filter(({ kind }: { kind: string }) => kind === 'microProject');
    expect(versions).toMatchObject([
      { version: 2, inForce: true, reason: '提高上限' },
      { version: 1, inForce: false },
    ]);
  });

  it('needs the version it changes', async () => {
    const stale = await api.as('manager').post(`${PACKS}/microProject`, higherCap, { 'if-match': '"1"' });
    expect(stale).toMatchObject({ status: 412, body: { code: 'POLICY_STALE', params: { version: 2 } } });
    expect((await api.as('manager').post(`${PACKS}/microProject`, higherCap)).status).toBe(428);
  });

  it.each([
    ['a value out of range', { budgetCapFen: { ...cap, value: -1 } }, 422, '/changes/budgetCapFen'],
    ['a number as text', { offerWorkdays: { ...cap, value: '5' } }, 422, '/changes/offerWorkdays'],
    ['a fraction', { offerWorkdays: { ...cap, value: 1.5 } }, 400, '/changes/offerWorkdays/value'],
    ['a value without its source', { offerWorkdays: { value: 5, grade: 'A' } }, 400, '/changes/offerWorkdays/source'],
    ['a value the pack does not have', { constructor: { ...cap, value: 1 } }, 422, '/changes/constructor'],
  ])('refuses %s and changes nothing', async (_, changes, status, pointer) => {
    const answer = await api.as('manager').post(`${PACKS}/microProject`, { ...higherCap, changes }, { 'if-match': '"2"' });
    expect(answer).toMatchObject({ status, body: { errors: [{ at: pointer }] } });
    expect((await api.as('reader').get(`${PACKS}/microProject/3`)).status).toBe(404);
  });

  it('is changed by those who may, for the whole tenant', async () => {
    const headers = { 'if-match': '"1"' };
    expect(await api.as('reader').post(`${PACKS}/award`, higherCap, headers)).toMatchObject({ status: 403 });
    expect(await api.as('street').post(`${PACKS}/award`, higherCap, headers)).toMatchObject({ status: 403, body: { code: 'POLICY_WHOLE_TENANT' } });
    expect(await api.as('stranger').post(`${PACKS}/award`, higherCap, headers)).toMatchObject({ status: 404 });
    expect(await api.as('manager').post(`${PACKS}/unknownKind`, higherCap, headers)).toMatchObject({ status: 400 });
    expect(await api.as('reader').get(`${PACKS}/award/abc`)).toMatchObject({ status: 400 });
  });
});
