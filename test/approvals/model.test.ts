import { describe, expect, it } from '@jest/globals';
import type { Instant } from '../../src/kernel/time.ts';
import { assertCanApprove, assertRequest, progressOf, type ApprovalState } from '../../src/approvals/model.ts';

const AT = '2026-10-20T02:00:00.000000Z' as Instant;

const state = (change: Partial<ApprovalState> = {}): ApprovalState => ({
  ...progressOf(1, 2),
  digest: 'd1',
  preparers: ['preparer'],
  approvers: [{ personId: 'first', at: AT }],
  ...change,
});

describe('approving', () => {
  it('is open to another person on the same digest', () => {
    expect(() => assertCanApprove(state(), 'd1', 'second')).not.toThrow();
  });

  it.each([
    ['APPROVALS_NOT_OPEN', undefined, 'd1', 'second'],
    ['APPROVALS_DIGEST_CHANGED', state(), 'd2', 'second'],
    ['APPROVALS_PREPARER', state(), 'd1', 'preparer'],
    ['APPROVALS_TWICE', state(), 'd1', 'first'],
    ['APPROVALS_COMPLETE', state(progressOf(2, 2)), 'd1', 'third'],
  ])('refuses %s', (code, current, digest, person) => {
    expect(() => assertCanApprove(current, digest, person)).toThrow(code);
  });

  it('is complete when as many persons as needed have approved', () => {
    expect([0, 1, 2, 3].map((given) => progressOf(given, 2).complete)).toEqual([false, false, true, true]);
  });
});

it.each([0, -1, 1.5])('nothing can be asked of %p persons', (needed) => {
  const request = { commandId: 'c', subject: { kind: 'award', id: 'a' }, digest: 'd', needed, preparers: [], at: AT };
  expect(() => assertRequest(request)).toThrow('APPROVALS_NEEDED_INVALID');
});
