import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calendarFrom, provisionally, resolveDeadline, type Calendar } from '../../src/calendar/model.ts';
import { builtInNotices } from '../../src/calendar/notices/built-in.ts';
import { blank, remember, restore, wakeAt, type Memory } from '../../src/cases/model.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import type { ActorId, OrgPath } from '../../src/kernel/scope.ts';
import { addHours, localDate, shanghaiInstant, type Instant } from '../../src/kernel/time.ts';
import { countedOn, legal, REFUSAL_GROUNDS, RIGHTS, rightsMachine, type Right, type RightsCommand, type RightsEvent, type RightsProposal, type RightsState } from '../../src/rights/model.ts';
import { pinnedDefault } from '../support/policies.ts';

const start = shanghaiInstant(localDate('2026-03-02'), 9);
/** 15 workdays later, with the Qingming holiday of 4 to 6 April still ahead: the midnight that ends 23 March. */
const due = shanghaiInstant(localDate('2026-03-24'));

class Request {
  events: RightsEvent[] = [];
  memory: Memory<RightsState> = blank();
  now = start;
  calendar: Calendar = provisionally(calendarFrom(builtInNotices, 1));

  get state(): RightsState {
    return this.memory.state!;
  }

  ask(asked: object, id = `c${this.events.length}`): void {
    this.#commit({ ...asked, id, actor: 'person-1' as ActorId, at: this.now } as RightsCommand);
  }

  /** Refused = its code. */
  try(asked: object): string {
    try {
      this.ask(asked);
      return 'taken';
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  }

  advance(to: Instant): void {
    for (let wake = wakeAt(rightsMachine, this.state); wake !== undefined && wake <= to; wake = wakeAt(rightsMachine, this.state)) {
      if (wake > this.now) this.now = wake;
      this.#commit(rightsMachine.dueCommand(this.state, this.now)!);
    }
    if (to > this.now) this.now = to;
  }

  #commit(command: RightsCommand): void {
    const { deadlines, ...facts } = rightsMachine.decide(this.memory.state, command, this.now) as RightsProposal;
    const counted = Object.fromEntries(Object.entries(deadlines ?? {}).map(([name, spec]) => [name, { ...resolveDeadline(spec, this.calendar), spec }]));
    const event = { ...facts, version: this.memory.version + 1, commandId: command.id, actor: command.actor, at: this.now, due: counted } as unknown as RightsEvent;
    this.memory = remember(rightsMachine, this.memory, event);
    this.events.push(event);
  }

  static received(right: Right = 'deletion'): Request {
    const request = new Request();
    request.ask({
      type: 'open',
      requestId: 'r1',
      right,
      channel: 'followUp',
      subjectId: 's1',
      needId: 'n1',
      submissionId: 'u1',
      communityId: 'k1',
      orgPath: '/office/k1/' as OrgPath,
      policy: pinnedDefault('rights'),
      contentId: 'w1',
    });
    return request;
  }
}

describe('a request about one’s own data', () => {
  it('waits fifteen workdays for the community, then the manager knows', () => {
    const request = Request.received();
    expect(rightsMachine.waits(request.state)).toEqual([
      { name: 'answer', owner: { role: 'communityWorker', orgUnitId: 'k1' }, due, wakeAt: due, otherwise: 'rights.wait.answer' },
    ]);
    request.advance(addHours(due, -1));
    expect(request.state.late).toBe(false);
    request.advance(due);
    expect(request.state).toMatchObject({ late: true, status: 'received' });
    request.advance(addHours(due, 24 * 365));
    expect(request.events.map(({ type }) => type)).toEqual(['received', 'markedLate']);
    request.ask({ type: 'carryOut' });
    expect([rightsMachine.closed(request.state), rightsMachine.waits(request.state)]).toEqual([true, []]);
  });

  it('is corrected with something only', () => {
    const request = Request.received('correction');
    expect(request.try({ type: 'carryOut' })).toBe('RIGHTS_CORRECTION_EMPTY');
    expect(request.try({ type: 'carryOut', contentId: 'x' })).toBe('taken');
  });

  it('is counted again on a revised calendar, once', () => {
    const request = Request.received();
    expect(countedOn(request.state)).toBe(1);
    const rest = { year: 2026, papers: ['示例'], holidays: [{ name: '示例', paper: 0, rest: ['2026-03-20', '2026-03-20'], work: [] }] } as const;
    request.calendar = provisionally(calendarFrom([rest], 2));
    request.ask({ type: 'recount', calendarVersion: 2 });
    expect(request.state.due).toBe(shanghaiInstant(localDate('2026-03-25')));
    expect(request.try({ type: 'recount', calendarVersion: 2 })).toBe('RIGHTS_CALENDAR_KNOWN');
  });

  it('is taken by the table alone, ends once, and is rebuilt from its journal', () => {
    const commands = fc.oneof(
      fc.constant({ type: 'carryOut', contentId: 'x' }),
      fc.constantFrom(...REFUSAL_GROUNDS).map((ground) => ({ type: 'refuse', ground, contentId: 'x' })),
      fc.constant({ type: 'withdraw' }),
      fc.constant({ type: 'markLate' }),
      fc.nat({ max: 60 }).map((days) => ({ days })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...RIGHTS), fc.array(commands, { maxLength: 8 }), (right, asked) => {
        const request = Request.received(right);
        for (const one of asked) {
          if ('days' in one) {
            request.advance(addHours(request.now, one.days * 24));
            continue;
          }
          const { status } = request.state;
          const isLegal = (legal[one.type as keyof typeof legal] as readonly string[]).includes(status);
          expect(request.try(one)).toBe(isLegal ? 'taken' : 'RIGHTS_STATE');
        }
        const ends = request.events.filter(({ type }) => ['carriedOut', 'refused', 'withdrawn'].includes(type));
        expect(ends.length).toBe(rightsMachine.closed(request.state) ? 1 : 0);
        expect(restore(rightsMachine, request.events)).toEqual(request.memory);
        expect(JSON.parse(JSON.stringify(request.memory))).toEqual(request.memory);
      }),
    );
  });
});
