import type { FieldError } from '../../kernel/refusal.ts';
import type { PackDefinition, Policies, PolicyKind, Scalar } from '../model.ts';

/** Everything wrong with these values, each fault at the JSON pointer of its value; empty = a sound pack. */
export function faultsOf<Kind extends PolicyKind>(
  kind: Kind,
  definition: PackDefinition<Kind>,
  values: Readonly<Record<string, unknown>>,
): FieldError[] {
  const unknown = Object.keys(values).filter((name) => !Object.hasOwn(definition, name));
  const own = Object.entries<Bounded>(definition).flatMap(([name, bounds]) => valueFaults(name, bounds, values[name]));
  const single = [...unknown.map((name) => fault(name, 'POLICY_VALUE_UNKNOWN')), ...own];
  if (single.length > 0) return single;
  const together: Readonly<Record<PolicyKind, (policies: never) => FieldError[]>> = consistency;
  return together[kind](values as never);
}

interface Bounded {
  readonly value: Scalar;
  readonly range?: readonly [number, number];
  readonly oneOf?: readonly string[];
}

function fault(name: string, code: string, params?: FieldError['params']): FieldError {
  return { at: `/${name}`, code, ...(params && { params }) };
}

function valueFaults(name: string, bounds: Bounded, value: unknown): FieldError[] {
  if (Array.isArray(bounds.value)) {
    if (!Array.isArray(value)) return [fault(name, 'POLICY_VALUE_TYPE')];
    return value.flatMap((part) => valueFaults(name, { ...bounds, value: 0 }, part)).slice(0, 1);
  }
  if (typeof value !== typeof bounds.value) return [fault(name, 'POLICY_VALUE_TYPE')];
  if (typeof value === 'number' && bounds.range) {
    const [min, max] = bounds.range;
    if (!Number.isSafeInteger(value) || value < min || value > max) {
      return [fault(name, 'POLICY_VALUE_OUT_OF_RANGE', { min, max })];
    }
  }
  if (typeof value === 'string' && !bounds.oneOf?.includes(value)) return [fault(name, 'POLICY_VALUE_TYPE')];
  return [];
}

/** What only several values together can get wrong. */
const consistency: { readonly [Kind in PolicyKind]: (policy: Policies[Kind]) => FieldError[] } = {
  microProject: () => [],
  quarter: (policy) => [
    ...(isDescending(policy.reportReminderDays) ? [] : [fault('reportReminderDays', 'POLICY_REMINDERS_ORDER')]),
    ...notAbove('reportReminderDays', Math.max(0, ...policy.reportReminderDays), policy.opensBeforeDays),
    ...notAbove('topicsBeforeDays', policy.topicsBeforeDays, policy.opensBeforeDays),
    ...notAbove('noticeBeforeWorkdays', policy.noticeBeforeWorkdays, policy.topicsBeforeDays),
    ...notAbove('reportLateAfterDays', policy.reportLateAfterDays, policy.reportEscalateAfterDays),
  ],
  matching: (policy) =>
    weightFaults({
      categoryWeight: policy.categoryWeight,
      distanceWeight: policy.distanceWeight,
      capacityWeight: policy.capacityWeight,
      fundsWeight: policy.fundsWeight,
      gradeWeight: policy.gradeWeight,
      loadWeight: policy.loadWeight,
      textWeight: policy.textWeight,
    }),
  evaluation: (policy) => [
    ...weightFaults({
      completionWeight: policy.completionWeight,
      qualityWeight: policy.qualityWeight,
      satisfactionWeight: policy.satisfactionWeight,
      financeWeight: policy.financeWeight,
      sustainabilityWeight: policy.sustainabilityWeight,
    }),
    ...notAbove('goodFrom', policy.goodFrom, policy.excellentFrom - 1),
    ...notAbove('passFrom', policy.passFrom, policy.goodFrom - 1),
  ],
  award: () => [],
  points: (policy) => [
    ...notAbove('goodPoints', policy.goodPoints, policy.excellentPoints),
    ...notAbove('passPoints', policy.passPoints, policy.goodPoints),
  ],
  needs: (policy) => notAbove('bundlePercent', policy.bundlePercent, policy.duplicatePercent),
  files: () => [],
  rights: () => [],
  retention: () => [],
  survey: (policy) => [
    ...(isDescending(policy.reminderDays) ? [] : [fault('reminderDays', 'POLICY_REMINDERS_ORDER')]),
    ...notAbove('reminderDays', Math.max(0, ...policy.reminderDays), policy.collectingDaysMax),
    ...notAbove('fillSecondsMin', policy.fillSecondsMin, policy.ticketMinutes * 60),
  ],
};

function isDescending(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number < numbers[index - 1]!);
}

function notAbove(name: string, value: number, max: number): FieldError[] {
  return value <= max ? [] : [fault(name, 'POLICY_VALUE_ABOVE_ANOTHER', { max })];
}

function weightFaults(weights: Readonly<Record<string, number>>): FieldError[] {
  const sum = Object.values(weights).reduce((total, weight) => total + weight, 0);
  return sum === 100 ? [] : Object.keys(weights).map((name) => fault(name, 'POLICY_WEIGHTS_SUM', { sum }));
}
