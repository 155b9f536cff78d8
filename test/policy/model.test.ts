import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { amended, contentOf, pinOf, policyKinds, valuesOf, type PolicyKind, type PolicyValue } from '../../src/policy/model.ts';
import { builtInPacks } from '../../src/policy/packs/built-in.ts';
import { faultsOf } from '../../src/policy/validation/model.ts';
import { localDate } from '../../src/kernel/time.ts';

const entries = policyKinds.flatMap((kind) =>
  Object.entries<PolicyValue & { range?: readonly [number, number] }>(builtInPacks[kind]).map(([name, value]) => ({ kind, name, value })),
);

function faults<Kind extends PolicyKind>(kind: Kind, changes: Readonly<Record<string, unknown>>) {
  return faultsOf(kind, builtInPacks[kind], { ...valuesOf(contentOf(builtInPacks[kind])), ...changes });
}

describe('the built-in packs', () => {
  it.each(policyKinds)('%s is sound', (kind) => {
    expect(faults(kind, {})).toEqual([]);
  });

  it.each(entries)('$kind.$name says what it is and where it comes from', ({ value }) => {
    expect(['★', '◐', 'A']).toContain(value.grade);
    expect(value.source).toMatch(/docs\/sources\.md (2\.\d|Part \d)/);
    expect(value.label.zh).toMatch(/\p{Script=Han}/u);
    expect(value.label.en).toMatch(/^[A-Z]/);
    expect(value.unit).toBeTruthy();
  });

  it('has the sources’ and the design’s numbers', () => {
    expect(valuesOf(contentOf(builtInPacks.award))).toEqual({
      gradeFrom: 'good',
      spendPercentMax: 50,
      capFen: 1_000_000,
      noticeWorkdays: 7,
      objectionWorkdays: 5,
      approvals: 2,
    });
    expect(valuesOf(contentOf(builtInPacks.quarter))).toMatchObject({ topicsBeforeDays: 15, noticeBeforeWorkdays: 3, reportReminderDays: [14, 7, 0] });
    expect(valuesOf(contentOf(builtInPacks.evaluation))).toMatchObject({ completionWeight: 25, excellentFrom: 90, goodFrom: 80, passFrom: 60 });
    expect(valuesOf(contentOf(builtInPacks.microProject))).toMatchObject({ offerWorkdays: 10, openClaimsPerUnit: 3, budgetCapFen: 10_000_000 });
  });

  it('carries no bounds into what is stored', () => {
    const content = contentOf(builtInPacks.quarter);
    expect(Object.keys(content.reminderHour)).toEqual(['value', 'unit', 'source', 'grade', 'label']);
  });
});

describe('nonsense', () => {
  it.each([
    ['microProject', { offerWorkdays: -1 }, '/offerWorkdays', 'POLICY_VALUE_OUT_OF_RANGE'],
    ['microProject', { offerWorkdays: 1.5 }, '/offerWorkdays', 'POLICY_VALUE_OUT_OF_RANGE'],
    ['microProject', { offerWorkdays: Number.NaN }, '/offerWorkdays', 'POLICY_VALUE_OUT_OF_RANGE'],
    ['microProject', { offerWorkdays: '10' }, '/offerWorkdays', 'POLICY_VALUE_TYPE'],
    ['microProject', { offerWorkdays: undefined }, '/offerWorkdays', 'POLICY_VALUE_TYPE'],
    ['microProject', { rectificationWorkdays: 16 }, '/rectificationWorkdays', 'POLICY_VALUE_OUT_OF_RANGE'],
    ['microProject', { coFunding: 1 }, '/coFunding', 'POLICY_VALUE_TYPE'],
    ['microProject', { surprise: 1 }, '/surprise', 'POLICY_VALUE_UNKNOWN'],
    ['quarter', { reportReminderDays: 7 }, '/reportReminderDays', 'POLICY_VALUE_TYPE'],
    ['quarter', { reportReminderDays: [7, -1] }, '/reportReminderDays', 'POLICY_VALUE_OUT_OF_RANGE'],
    ['quarter', { reportReminderDays: [7, 'x'] }, '/reportReminderDays', 'POLICY_VALUE_TYPE'],
    ['quarter', { reportReminderDays: [7, 14] }, '/reportReminderDays', 'POLICY_REMINDERS_ORDER'],
    ['quarter', { reportReminderDays: [7, 7] }, '/reportReminderDays', 'POLICY_REMINDERS_ORDER'],
    ['quarter', { opensBeforeDays: 15, reportReminderDays: [20] }, '/reportReminderDays', 'POLICY_VALUE_ABOVE_ANOTHER'],
    ['quarter', { noticeBeforeWorkdays: 10, topicsBeforeDays: 5 }, '/noticeBeforeWorkdays', 'POLICY_VALUE_ABOVE_ANOTHER'],
    ['quarter', { reportEscalateAfterDays: 1, reportLateAfterDays: 2 }, '/reportLateAfterDays', 'POLICY_VALUE_ABOVE_ANOTHER'],
    ['quarter', { meetingWorkdayIndex: 16 }, '/meetingWorkdayIndex', 'POLICY_VALUE_OUT_OF_RANGE'],
    ['matching', { textWeight: 6 }, '/textWeight', 'POLICY_WEIGHTS_SUM'],
    ['evaluation', { qualityWeight: 19 }, '/qualityWeight', 'POLICY_WEIGHTS_SUM'],
    ['evaluation', { goodFrom: 90 }, '/goodFrom', 'POLICY_VALUE_ABOVE_ANOTHER'],
    ['evaluation', { passFrom: 85 }, '/passFrom', 'POLICY_VALUE_ABOVE_ANOTHER'],
    ['award', { gradeFrom: 'fail' }, '/gradeFrom', 'POLICY_VALUE_TYPE'],
    ['award', { approvals: 1 }, '/approvals', 'POLICY_VALUE_OUT_OF_RANGE'],
    ['points', { goodPoints: 11 }, '/goodPoints', 'POLICY_VALUE_ABOVE_ANOTHER'],
  ] as const)('%s %j is refused', (kind, changes, at, code) => {
    expect(faults(kind, changes)).toContainEqual(expect.objectContaining({ at, code }));
  });

  it('is found outside the range of every number', () => {
    const numbers = entries.filter(({ value }) => value.range);
    fc.assert(
      fc.property(fc.constantFrom(...numbers), fc.integer({ min: 1, max: 1_000_000 }), fc.boolean(), ({ kind, name, value }, by, above) => {
        const [min, max] = value.range!;
        const wrong = above ? max + by : min - by;
        const changed = Array.isArray(value.value) ? [wrong] : wrong;
        expect(faults(kind, { [name]: changed })).toEqual([{ at: `/${name}`, code: 'POLICY_VALUE_OUT_OF_RANGE', params: { min, max } }]);
      }),
    );
  });

  it('does not pass as an inherited name', () => {
    expect(faults('points', { constructor: 1 })).toEqual([{ at: '/constructor', code: 'POLICY_VALUE_UNKNOWN' }]);
    const content = contentOf(builtInPacks.points);
    expect(amended(content, {})).toEqual(content);
  });
});

describe('a pinned policy', () => {
  it('is plain JSON', () => {
    const pinned = pinOf({
      kind: 'quarter',
      version: 2,
      effectiveFrom: localDate('2026-01-01'),
      hash: 'h',
      content: contentOf(builtInPacks.quarter),
    });
    expect(JSON.parse(JSON.stringify(pinned))).toEqual(pinned);
    expect(pinned).toMatchObject({ kind: 'quarter', version: 2, hash: 'h', values: { reminderHour: 9 } });
  });

  it('keeps unit and label through an amendment, and takes its own source', () => {
    const content = amended(contentOf(builtInPacks.award), { capFen: { value: 2_000_000, source: '街道办 2027 年第 3 号', grade: '◐' } });
    expect(content.capFen).toEqual({ ...contentOf(builtInPacks.award).capFen, value: 2_000_000, source: '街道办 2027 年第 3 号', grade: '◐' });
    expect(content.approvals).toEqual(contentOf(builtInPacks.award).approvals);
  });
});
