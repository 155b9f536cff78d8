import type { CaseMachine, Command, Proposal } from '../../src/cases/model.ts';
import { awardMachine } from '../../src/evaluation/award/model.ts';
import { runMachine } from '../../src/matching/model.ts';
import { surveyMachine } from '../../src/needs/survey/model.ts';
import { projectMachine } from '../../src/projects/model.ts';
import { rightsMachine } from '../../src/rights/model.ts';
import { quarterMachine } from '../../src/quarters/model.ts';

/** Every kind of case. */
export const machines = [projectMachine, quarterMachine, runMachine, awardMachine, surveyMachine, rightsMachine] as unknown as readonly CaseMachine<
  unknown,
  Command,
  Proposal
>[];

export function machineOf(kind: string): CaseMachine<unknown, Command, Proposal> {
  const machine = machines.find((candidate) => candidate.kind === kind);
  if (!machine) throw new Error(`there is no machine of kind ${kind}`);
  return machine;
}
