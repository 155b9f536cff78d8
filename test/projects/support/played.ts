import { calendarFrom, quarter, resolveDeadline, type Quarter } from '../../../src/calendar/model.ts';
import { builtInNotices } from '../../../src/calendar/notices/built-in.ts';
import { blank, remember, wakeAt, type Memory } from '../../../src/cases/model.ts';
import { fen } from '../../../src/kernel/money.ts';
import { Refusal } from '../../../src/kernel/refusal.ts';
import { SYSTEM_ACTOR, type ActorId, type OrgPath } from '../../../src/kernel/scope.ts';
import { localDate, shanghaiInstant, type Instant } from '../../../src/kernel/time.ts';
import type { Policies } from '../../../src/policy/model.ts';
import type {
  OpeningFacts,
  ProjectCommand,
  ProjectEvent,
  ProjectProposal,
  ProjectState,
  TakeOverFacts,
} from '../../../src/projects/lifecycle/model.ts';
import { projectMachine } from '../../../src/projects/model.ts';
import { pinnedDefault } from '../../support/policies.ts';

type Asked = ProjectCommand extends infer C ? (C extends ProjectCommand ? Omit<C, 'id' | 'actor' | 'at'> : never) : never;

export const COMMUNITY = 'k1';
export const NEEDS = ['n1', 'n2', 'n3'];
export const QUARTERS: readonly Quarter[] = [quarter('2026Q1'), quarter('2026Q2')];
/** Before the long holidays of the year, so that workdays and days differ. */
export const START = shanghaiInstant(localDate('2026-01-26'), 9);

/** The notices up to 2026. */
export const CALENDAR = calendarFrom(builtInNotices, 1);

export function opening(facts: Partial<OpeningFacts> = {}, policy: Partial<Policies['microProject']> = {}): Asked {
  return {
    type: 'open',
    proposalId: 'p1',
    communityId: COMMUNITY,
    orgPath: '/a/' as OrgPath,
    budgetFen: fen(500_000),
    needs: NEEDS,
    policy: pinnedDefault('microProject', policy),
    points: pinnedDefault('points'),
    consentNeeded: false,
    ...facts,
  };
}

export function takingOver(facts: Partial<TakeOverFacts> = {}): Asked {
  return {
    type: 'takeOver',
    proposalId: 'p1',
    communityId: COMMUNITY,
    orgPath: '/a/' as OrgPath,
    budgetFen: fen(500_000),
    needs: NEEDS,
    policy: pinnedDefault('microProject'),
    points: pinnedDefault('points'),
    status: 'implementing',
    leadUnit: 'u1',
    implementerId: 'u2',
    claimedOn: localDate('2025-07-01'),
    agreedOn: null,
    startedOn: null,
    reports: [],
    funds: { pledgedFen: fen(300_000), deliveredFen: fen(200_000), verifiedFen: fen(50_000), on: null },
    drawnUp: true,
    source: { importId: 'i1', fileHash: 'h', sheet: '', row: 2, number: '2025-07' },
    ...facts,
  };
}

/** A micro-project as the engine runs it, without engine: what is due comes first, and each id counts once. */
export class Played {
  memory: Memory<ProjectState> = blank();
  readonly events: ProjectEvent[] = [];
  /** Types of the commands that took effect. */
  readonly taken: string[] = [];
  now = START;
  /** On which dates are counted. */
  calendar = CALENDAR;

  static opened(facts: Partial<OpeningFacts> = {}, policy: Partial<Policies['microProject']> = {}): Played {
    const project = new Played();
    const told = project.ask(opening(facts, policy));
    if (told !== 'opened') throw new Error(`opening was answered ${told}`);
    return project;
  }

  static takenOver(facts: Partial<TakeOverFacts> = {}): Played {
    return new Played().pass(takingOver(facts));
  }

  get state(): ProjectState {
    return this.memory.state!;
  }

  /** Type of the event, or code of the refusal; anything else that is thrown fails the test. */
  ask(asked: Asked, id = `c${this.memory.version}`): string {
    return this.send({ id, actor: 'account-1' as ActorId, at: this.now, ...asked });
  }

  /** Asks one after the other; fails where one is refused. */
  pass(...steps: readonly Asked[]): this {
    for (const step of steps) {
      const told = this.ask(step);
      if (this.events.at(-1)?.type !== told) throw new Error(`${step.type} was answered ${told} in ${this.memory.state?.status}`);
    }
    return this;
  }

  send(command: ProjectCommand): string {
    try {
      const { deadlines = {}, ...facts } = projectMachine.decide(this.memory.state, command, this.now);
      const due = Object.fromEntries(Object.entries(deadlines).map(([name, spec]) => [name, { ...resolveDeadline(spec, this.calendar), spec }]));
      const version = this.memory.version + 1;
      const event = { ...facts, version, commandId: command.id, actor: command.actor, at: this.now, due };
      // What the journal holds: plain JSON.
      const kept = JSON.parse(JSON.stringify(event)) as ProjectEvent;
      this.events.push(kept);
      this.memory = remember(projectMachine, this.memory, kept);
      this.taken.push(command.type);
      return (facts as ProjectProposal).type;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.code;
    }
  }

  /** Takes every step up to the instant; fails where a wake-up has no command, a refused one, or never ends. */
  moveTo(instant: Instant): this {
    for (let steps = 0; ; steps += 1) {
      const wake = this.wake;
      if (wake === undefined || wake > instant) break;
      if (steps > 50) throw new Error('the same step is taken for ever');
      this.now = wake > this.now ? wake : this.now;
      const due = projectMachine.dueCommand(this.state, this.now);
      if (!due) throw new Error('woken for nothing');
      const version = this.memory.version;
      const told = this.send(due);
      if (this.memory.version !== version + 1) throw new Error(`due ${due.type} was answered ${told} in ${this.state.status}`);
      if (due.actor !== SYSTEM_ACTOR) throw new Error(`due ${due.type} came from somebody`);
    }
    if (instant > this.now) this.now = instant;
    return this;
  }

  get wake(): Instant | undefined {
    return this.memory.state && wakeAt(projectMachine, this.state);
  }
}

/** The usual way, each step with its command; a test goes as far as it needs. */
export const way = {
  claim: { type: 'claim', unitId: 'u1' },
  agree: { type: 'agree', implementerId: 'u1' },
  start: { type: 'start' },
  requestAcceptance: { type: 'requestAcceptance' },
  accept: { type: 'accept' },
  evaluate: { type: 'evaluate', grade: 'good', scoreHundredths: 8500, awardExpected: true },
} as const satisfies Record<string, Asked>;

export function report(of: Quarter, needs: readonly string[] = ['n1']): Asked {
  return { type: 'submitReport', quarter: of, needs, served: 10, spentFen: fen(1000) };
}

export type { Asked };
