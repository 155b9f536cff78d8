import { ApplicationFailure } from '@temporalio/common';
import { Refusal } from '../src/kernel/refusal.ts';

type Activity = (...input: never[]) => Promise<unknown>;

/** A refusal is an answer, not a fault: retrying it would never end. What is only unavailable is tried again. */
export function withRefusals<Activities extends object>(activities: Activities): Activities {
  const wrapped = Object.entries(activities as Record<string, Activity>).map(([name, activity]) => [
    name,
    async (...input: never[]) => {
      try {
        return await activity(...input);
      } catch (error) {
        if (!(error instanceof Refusal) || error.kind === 'unavailable') throw error;
        throw ApplicationFailure.nonRetryable(error.code, error.code, { kind: error.kind, params: error.params });
      }
    },
  ]);
  return Object.fromEntries(wrapped) as Activities;
}
