import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { AuditService } from '../../src/audit/service.ts';
import { AuditStore } from '../../src/audit/store.ts';
import { orgPath, tenantId, tenantScope, type Scope } from '../../src/kernel/scope.ts';
import { localDate, parseInstant } from '../../src/kernel/time.ts';
import type { Tx } from '../../src/platform/database/database.ts';
import { contentOf, policyKinds, type PolicyChanges, type PolicyContent } from '../../src/policy/model.ts';
import { builtInPacks } from '../../src/policy/packs/built-in.ts';
import { policyHash, PolicyService } from '../../src/policy/service.ts';
import { PolicyStore } from '../../src/policy/store.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const at = parseInstant('2026-03-02T02:00:00Z');
const changed = (value: number | boolean | string | readonly number[]) =>
  ({ value, source: '街道办 2026 年第 3 号', grade: '◐' }) as const;

/** The same content with all keys, at every depth, in an order that the seed decides. */
function shuffled<Value>(value: Value, order: number): Value {
  if (Array.isArray(value)) return value.map((part: unknown) => shuffled(part, order)) as Value;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([name, part]) => [name, shuffled(part as unknown, order)] as const);
  const turn = order % entries.length;
  return Object.fromEntries([...entries.slice(turn), ...entries.slice(0, turn)].reverse()) as Value;
}

describe('policy packs of a tenant', () => {
  let test: TestDatabase;
  let policy: PolicyService;
  let tenant: Scope;
  let count = 0;

  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());
  beforeEach(async () => {
    policy = new PolicyService(new PolicyStore(), new AuditService(new AuditStore()));
    tenant = tenantScope(tenantId(`policy-${(count += 1)}`));
    await within((tx) => policy.installDefaults(tx, at));
  });

  const within = <Result>(work: (tx: Tx) => Promise<Result>) => test.database.within(tenant, work);
  const publish = (changes: PolicyChanges, over: { basedOn?: number; effectiveFrom?: string } = {}) =>
    within((tx) =>
      policy.publishVersion(tx, {
        kind: 'microProject',
        basedOn: over.basedOn ?? 1,
        effectiveFrom: localDate(over.effectiveFrom ?? '2026-04-01'),
        changes,
        reason: '党工委会议决定',
        at,
      }),
    );

  it('begin with the defaults, once', async () => {
    await within((tx) => policy.installDefaults(tx, at));
    const history = await within((tx) => policy.history(tx));
    expect(history.map(({ kind, version }) => `${kind} ${version}`).sort()).toEqual(policyKinds.map((kind) => `${kind} 1`).sort());
    const pinned = await within((tx) => policy.current(tx, 'award', parseInstant('2019-06-01T00:00:00Z')));
    expect(pinned).toMatchObject({ kind: 'award', version: 1, values: { capFen: 1_000_000, gradeFrom: 'good' } });
  });

  it('are completed after an update of the product, where a tenant was set up before', async () => {
    const admin = new pg.Client({ connectionString: test.adminUrl });
    await admin.connect();
    await admin.query("SET session_replication_role = 'replica'");
    await admin.query("DELETE FROM policy_pack WHERE tenant_id = $1 AND kind = 'rights'", [tenant.tenant]);
    await admin.end();
    await expect(within((tx) => policy.current(tx, 'rights', at))).rejects.toMatchObject({ code: 'POLICY_UNKNOWN' });
    await within((tx) => policy.addMissing(tx, at));
    expect(await within((tx) => policy.current(tx, 'rights', at))).toMatchObject({ version: 1, values: { answerWorkdays: 15 } });
    tenant = tenantScope(tenantId(`policy-none-${count}`));
    await within((tx) => policy.addMissing(tx, at));
    expect(await within((tx) => policy.history(tx))).toEqual([]);
  });

  it('change by a new version from its effective day in Shanghai, and what was pinned stays', async () => {
    const pinned = await within((tx) => policy.current(tx, 'microProject', at));
    const next = await publish({ offerWorkdays: changed(15) });
    expect(next).toMatchObject({ version: 2, content: { offerWorkdays: { value: 15, unit: 'workdays', grade: '◐' } } });
    const before = await within((tx) => policy.current(tx, 'microProject', parseInstant('2026-03-31T15:59:59Z')));
    const after = await within((tx) => policy.current(tx, 'microProject', parseInstant('2026-03-31T16:00:00Z')));
    expect(before).toEqual(pinned);
    expect(after).toMatchObject({ version: 2, hash: next.hash, values: { offerWorkdays: 15, claimWorkdays: 10 } });
    expect(await within((tx) => policy.pinned(tx, 'microProject', 1))).toEqual(pinned);
    const again = new PolicyService(new PolicyStore(), new AuditService(new AuditStore()));
    expect(await within((tx) => again.pinned(tx, 'microProject', 2))).toEqual(after);
  });

  it('refuse nonsense at the value that is wrong, and change nothing', async () => {
    await expect(publish({ offerWorkdays: changed(0), budget: changed(1) })).rejects.toMatchObject({
      code: 'POLICY_INVALID',
      errors: [
        { at: '/changes/budget', code: 'POLICY_VALUE_UNKNOWN' },
        { at: '/changes/offerWorkdays', code: 'POLICY_VALUE_OUT_OF_RANGE', params: { min: 1, max: 60 } },
      ],
    });
    expect(await within((tx) => policy.history(tx, 'microProject'))).toHaveLength(1);
  });

  it('are changed only by those who manage the whole tenant', async () => {
    const street = { ...tenant, orgPath: orgPath('/mengyang/') };
    const request = { kind: 'award', basedOn: 1, effectiveFrom: localDate('2026-03-02'), reason: '试', at } as const;
    const work = test.database.within(street, (tx) => policy.publishVersion(tx, { ...request, changes: { capFen: changed(20_000) } }));
    await expect(work).rejects.toMatchObject({ code: 'POLICY_WHOLE_TENANT', kind: 'forbidden' });
  });

  it('refuse a version that changes nothing, is based on an old one, or reaches into the past', async () => {
    await expect(publish({})).rejects.toMatchObject({ code: 'POLICY_UNCHANGED' });
    await expect(publish({ offerWorkdays: changed(9) }, { effectiveFrom: '2026-03-01' })).rejects.toMatchObject({
      code: 'POLICY_EFFECTIVE_TOO_EARLY',
      params: { earliest: '2026-03-02' },
    });
    await publish({ offerWorkdays: changed(15) });
    await expect(publish({ offerWorkdays: changed(9) })).rejects.toMatchObject({ code: 'POLICY_STALE', kind: 'stale' });
    await expect(publish({ offerWorkdays: changed(9) }, { basedOn: 2, effectiveFrom: '2026-03-31' })).rejects.toMatchObject({
      code: 'POLICY_EFFECTIVE_TOO_EARLY',
      params: { earliest: '2026-04-01' },
    });
  });

  it('let one of several rivals publish the next version', async () => {
    const results = await Promise.allSettled([5, 6, 7, 8].map((days) => publish({ offerWorkdays: changed(days) })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'POLICY_STALE' });
    }
    expect(await within((tx) => policy.history(tx, 'microProject'))).toHaveLength(2);
  });

  it('never serve a version whose transaction failed', async () => {
    const failing = within(async (tx) => {
      const request = { kind: 'award', basedOn: 1, effectiveFrom: localDate('2026-03-02'), reason: '试', at } as const;
      await policy.publishVersion(tx, { ...request, changes: { capFen: changed(2_000_000) } });
      expect((await policy.current(tx, 'award', at)).values.capFen).toBe(2_000_000);
      throw new Error('power cut');
    });
    await expect(failing).rejects.toThrow('power cut');
    await within((tx) =>
      policy.publishVersion(tx, { kind: 'award', basedOn: 1, effectiveFrom: localDate('2026-03-02'), reason: '试', at, changes: { capFen: changed(3_000_000) } }),
    );
    expect((await within((tx) => policy.pinned(tx, 'award', 2))).values.capFen).toBe(3_000_000);
  });

  it('cannot be altered by the application', async () => {
    await expect(within((tx) => tx.query("UPDATE policy_pack SET content = '{}'"))).rejects.toThrow(/permission denied/);
    await expect(within((tx) => tx.query('DELETE FROM policy_pack'))).rejects.toThrow(/permission denied/);
  });

  it('are unknown to other tenants', async () => {
    const other = tenantScope(tenantId('policy-other'));
    await expect(test.database.within(other, (tx) => policy.current(tx, 'award', at))).rejects.toMatchObject({ code: 'POLICY_UNKNOWN' });
    await expect(within((tx) => policy.pinned(tx, 'award', 2))).rejects.toMatchObject({ code: 'POLICY_UNKNOWN', kind: 'unknown' });
  });

  it('are audited with their hash and without the office’s words', async () => {
    const next = await publish({ offerWorkdays: changed(15) });
    const [row] = await within((tx) => new AuditStore().page(tx, { subject: 'policy:microProject', action: 'policy.versionPublished', limit: 5 }));
    const event = row!.eventBytes.toString();
    expect(JSON.parse(event)).toMatchObject({ policyHash: next.hash, changes: { version: 2, effectiveFrom: '2026-04-01' } });
    expect(event).not.toContain('党工委');
  });
});

describe('the hash of a pack', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.constantFrom(...policyKinds), fc.nat(), (kind, order) => {
        const content: PolicyContent = contentOf(builtInPacks[kind]);
        expect(policyHash(kind, shuffled(content, order))).toBe(policyHash(kind, content));
      }),
    );
  });

  it('changes with every value, source and kind', () => {
    const content = contentOf(builtInPacks.points);
    const hashes = Object.keys(content).map((name) =>
      policyHash('points', { ...content, [name]: { ...content.goodPoints, value: 99 } }),
    );
    const source = policyHash('points', { ...content, goodPoints: { ...content.goodPoints, source: '另一来源' } });
    expect(new Set([...hashes, source, policyHash('points', content), policyHash('award', content as PolicyContent)]).size).toBe(hashes.length + 3);
  });
});
