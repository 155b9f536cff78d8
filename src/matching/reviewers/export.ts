import type { Assignment, ReviewerInput } from './model.ts';

/** What an auditor needs to prove an assignment without the project: `tools/verify-assignment.mjs` reads it. */
export interface AssignmentFile {
  readonly format: 'cobuild.assignment/1';
  readonly question: Omit<ReviewerInput, 'affinity'> & {
    readonly affinity: readonly (readonly [application: number, reviewer: number, points: number])[];
  };
  readonly assignment: Assignment;
}

export function assignmentFile(input: ReviewerInput, assignment: Assignment): AssignmentFile {
  const { application, reviewer, points } = input.affinity;
  const affinity = Array.from(points, (each, row) => [application[row]!, reviewer[row]!, each] as const);
  return { format: 'cobuild.assignment/1', question: { ...input, affinity }, assignment };
}
