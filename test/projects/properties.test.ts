import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { restore } from '../../src/cases/model.ts';
import { fen } from '../../src/kernel/money.ts';
import { addHours } from '../../src/kernel/time.ts';
import { FINAL, legal, TAKEN_OVER_STATUSES, type ProjectCommandType, type Report, type Status } from '../../src/projects/lifecycle/model.ts';
import { projectMachine } from '../../src/projects/model.ts';
import { texts } from '../../src/projects/texts.ts';
import { NEEDS, opening, Played, takingOver, QUARTERS, report, type Asked } from './support/played.ts';

const TYPES = [...Object.keys(legal), 'open', 'takeOver'] as ProjectCommandType[];
/** Steps that lead back or out; too many of them and no project would ever get far. */
const SETBACKS: readonly string[] = ['cancel', 'undoTakeOver', 'withdraw', 'suspend', 'lapseClaim', 'expireOffer', 'declineOffer', 'waiveReport'];

interface Step {
  readonly kind: 'onward' | 'possible' | 'any' | 'wait';
  readonly draw: number;
  /** Whether whoever should ask does. */
  readonly isRight: boolean;
  readonly unitId: string;
  readonly quarter: (typeof QUARTERS)[number];
  readonly needs: readonly string[];
  readonly hours: number;
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('onward', 'onward', 'onward', 'onward', 'onward', 'possible', 'any', 'wait'),
    draw: fc.nat(1000),
    isRight: fc.boolean(),
    unitId: fc.constantFrom('u1', 'u2', 'u3', 'u4'),
    quarter: fc.constantFrom(...QUARTERS),
    needs: fc.oneof({ weight: 5, arbitrary: fc.subarray([...NEEDS]) }, { weight: 1, arbitrary: fc.constant(['other']) }),
    hours: fc.integer({ min: 1, max: 300 }),
  }),
  { minLength: 20, maxLength: 50, size: 'max' },
);

const openings = fc.record({ consentNeeded: fc.boolean(), firstOffer: fc.constantFrom('u1', 'u2', ''), takenOver: fc.constantFrom(undefined, ...TAKEN_OVER_STATUSES) });

function begun({ consentNeeded, firstOffer, takenOver }: typeof openings extends fc.Arbitrary<infer Opening> ? Opening : never): Played {
  if (takenOver) return Played.takenOver({ status: takenOver });
  return Played.opened({ consentNeeded, ...(firstOffer && { firstOffer }) });
}

function perform(project: Played, step: Step): string {
  if (step.kind === 'wait') {
    project.moveTo(addHours(project.now, step.hours));
    return 'waited';
  }
  const possible = TYPES.filter((type) => type !== 'open' && type !== 'takeOver' && legal[type].includes(project.state.status));
  const chosen = step.kind === 'onward' ? possible.filter((type) => !SETBACKS.includes(type)) : possible;
  const from = step.kind === 'any' || chosen.length === 0 ? TYPES : chosen;
  const told = project.ask(commandOf(project, from[step.draw % from.length]!, step));
  project.moveTo(project.now);
  return told;
}

function commandOf(project: Played, type: ProjectCommandType, { unitId, quarter, needs, draw, isRight }: Step): Asked {
  const { offeredTo, leadUnit } = project.state;
  switch (type) {
    case 'open':
      return opening();
    case 'takeOver':
      return takingOver();
    case 'withdraw':
      return { type, unitId: isRight ? (leadUnit ?? unitId) : unitId };
    case 'claim':
    case 'declineOffer':
      return { type, unitId: isRight ? (offeredTo ?? unitId) : unitId };
    case 'offer':
    case 'assignUnclaimed':
      return { type, unitId };
    case 'agree':
      return { type, implementerId: unitId, startsAtOnce: draw % 2 === 0 };
    case 'submitReport':
      return report(quarter, needs);
    case 'returnReport':
    case 'acceptReport':
    case 'waiveReport':
      return { type, quarter };
    case 'evaluate':
      return { type, grade: 'good', scoreHundredths: 8000, awardExpected: draw % 2 === 0 };
    case 'reward':
      return { type, awardFen: fen(100) };
    case 'recount':
      return { type, calendarVersion: draw % 3 };
    case 'markLate':
      return { type, wait: projectMachine.waits(project.state)[0]?.name ?? 'none' };
    default:
      return { type };
  }
}

function settled(project: Played): string[] {
  return Object.entries<Report>(project.state.reports)
    .filter(([, { status }]) => status === 'accepted' || status === 'waived')
    .map((entry) => JSON.stringify(entry));
}

/** What would be wrong with these waits; in words, one comparison for all of them. */
function faultsOfWaiting(project: Played): string[] {
  const { status } = project.state;
  const waits = projectMachine.waits(project.state);
  const names = waits.map(({ name }) => name);
  return [
    ...(waits.length > 0 === FINAL.includes(status) ? [`${status} waits for ${names.join() || 'nobody'}`] : []),
    ...waits.filter(({ owner }) => owner.role === '').map(({ name }) => `nobody owns ${name}`),
    ...waits.filter(({ otherwise }) => !Object.hasOwn(texts, otherwise)).map(({ name }) => `${name} does not say what happens`),
    ...(new Set(names).size < names.length ? [`two waits have one name: ${names.join()}`] : []),
    ...(project.wake !== undefined && project.wake <= project.now ? [`${status} is due and nothing has happened`] : []),
  ];
}

describe('whatever people ask of a micro-project and when', () => {
  it('a project only refuses, always waits for somebody until it ends, keeps what was settled, and is what its journal says', () => {
    const taken = new Set<string>();
    const refused = new Set<string>();
    const reached = new Set<Status>();
    fc.assert(
      fc.property(openings, steps, (opened, list) => {
        const project = begun(opened);
        const faults: string[] = [];
        for (const step of list) {
          const { version } = project.memory;
          const before = settled(project);
          const isOver = projectMachine.closed(project.state);
          const told = perform(project, step);
          reached.add(project.state.status);
          if (told === told.toUpperCase()) refused.add(told);
          if (isOver && project.memory.version !== version) faults.push(`${told} after the end`);
          const after = settled(project);
          faults.push(...before.filter((report) => !after.includes(report)).map((report) => `${told} changed ${report}`));
          faults.push(...faultsOfWaiting(project));
        }
        expect(faults).toEqual([]);
        project.taken.forEach((type) => taken.add(type));
        expect(restore(projectMachine, project.events)).toEqual(project.memory);
        expect(JSON.parse(JSON.stringify(project.memory))).toEqual(project.memory);
      }),
      { numRuns: 600 },
    );
    // The generator must not become empty: everything that can be asked was done, and every status was there.
    // Taking back is open for one moment only, and looked at by itself.
    const often = (type: string): boolean => type !== 'undoTakeOver';
    expect([...taken].filter(often).sort()).toEqual(TYPES.filter(often).sort());
    // What is rewarded is closed in the same moment.
    const lasting = [...Object.values(legal).flat(), ...FINAL].filter((status) => status !== 'rewarded');
    expect([...reached].sort()).toEqual([...new Set(lasting)].sort());
    const codes = ['PROJECT_STATE', 'PROJECT_OPEN_ALREADY', 'PROJECT_UNIT_PASSED', 'PROJECT_NOT_LEAD', 'REPORT_EXISTS', 'REPORT_NEED_FOREIGN'];
    expect([...refused]).toEqual(expect.arrayContaining(codes));
  });

  it('no unit is offered what it has passed by, and one unit holds it at a time', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const project = Played.opened({ firstOffer: 'u1' });
        for (const step of list) perform(project, step);
        const passed = new Set<string>();
        let holder: string | undefined;
        for (const event of project.events) {
          if (event.type === 'offered') expect(passed.has(event.unitId)).toBe(false);
          if (event.type === 'claimed' || event.type === 'assigned') {
            expect(holder).toBeUndefined();
            holder = event.unitId;
          }
          if (event.type === 'withdrawn' || event.type === 'claimLapsed') {
            expect(event.unitId).toBe(holder);
            holder = undefined;
          }
          if ('unitId' in event && ['offerDeclined', 'offerExpired', 'withdrawn', 'claimLapsed'].includes(event.type)) passed.add(event.unitId);
        }
        expect(project.state.leadUnit).toBe(holder);
      }),
      { numRuns: 200 },
    );
  });

  it('left alone, it comes to rest where a person is asked', () => {
    fc.assert(
      fc.property(openings, steps, (opened, list) => {
        const project = begun(opened);
        for (const step of list) perform(project, step);
        project.moveTo(addHours(project.now, 24 * 400));
        expect(project.wake).toBeUndefined();
        const waits = projectMachine.waits(project.state);
        const isAnswerable = FINAL.includes(project.state.status) || project.state.status === 'seeking' || waits.some(({ owner }) => owner.role !== 'system');
        expect(isAnswerable).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
