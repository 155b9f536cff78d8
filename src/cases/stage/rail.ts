import { shanghaiDate, type Instant, type LocalDate } from '../../kernel/time.ts';
import type { CaseMachine, Command, Proposal, Recorded } from '../model.ts';
import { dayText, dueDay } from './dates.ts';
import type { Count, StageSide, StageStep, StepState, Telltale, Track } from './model.ts';

interface Side {
  readonly key: string;
  readonly step: string;
  readonly from: LocalDate;
  readonly until: LocalDate | null;
}

/** The way that a case has gone so far. */
export interface Walk<State> {
  readonly state: State;
  readonly doneOn: Readonly<Record<string, LocalDate>>;
  /** Steps that were the present one; those passed without are left out. */
  readonly entered: readonly string[];
  /** How it ended before its last step; undefined = it did not. */
  readonly ended: string | undefined;
  /** Undefined = the last step is done. */
  readonly step: string | undefined;
  readonly sides: readonly Side[];
}

/** Follows the journal; a case that goes back leaves the later steps ahead again. */
export function walk<State, C extends Command, P extends Proposal>(
  machine: CaseMachine<State, C, P>,
  track: Track<State, P>,
  events: readonly Recorded<P>[],
): Walk<State> {
  let state: State | undefined;
  let step: string | undefined = track.steps[0];
  let doneOn: Readonly<Record<string, LocalDate>> = {};
  let entered: readonly string[] = track.steps.slice(0, 1);
  let ended: string | undefined;
  let sides: readonly Side[] = [];
  for (const event of events) {
    const on = shanghaiDate(event.at);
    sides = sidesAfter(sides, track.sides[event.type as P['type']], step, on);
    state = machine.apply(state, event);
    ended = track.endings?.[event.type as P['type']];
    if (ended !== undefined) continue;
    const next = track.stepOf(state);
    doneOn = doneAfter(track.steps, doneOn, { from: step, to: next, on });
    entered = [...entered.filter((it) => indexOf(track.steps, it) < indexOf(track.steps, next)), ...(next === undefined ? [] : [next])];
    step = next;
  }
  if (state === undefined) throw new RangeError('a case begins with an event');
  return { state, doneOn, entered, ended, step, sides };
}

function sidesAfter(sides: readonly Side[], event: Track<never, Proposal>['sides'][string], step: string | undefined, on: LocalDate): readonly Side[] {
  if (!event) return sides;
  const key = event.side;
  if (event.does === 'closes') return sides.map((side) => (side.key === key && side.until === null ? { ...side, until: on } : side));
  return [...sides, { key, step: step ?? '', from: on, until: event.does === 'marks' ? on : null }];
}

function doneAfter(
  steps: readonly string[],
  doneOn: Readonly<Record<string, LocalDate>>,
  { from, to, on }: { readonly from: string | undefined; readonly to: string | undefined; readonly on: LocalDate },
): Readonly<Record<string, LocalDate>> {
  const [start, end] = [indexOf(steps, from), indexOf(steps, to)];
  const kept = Object.entries(doneOn).filter(([step]) => steps.indexOf(step) < end);
  return Object.fromEntries([...kept, ...steps.slice(start, end).map((step) => [step, on] as const)]);
}

function indexOf(steps: readonly string[], step: string | undefined): number {
  return step === undefined ? steps.length : steps.indexOf(step);
}

/** `due`: when the present step is due, if it is; what lies ahead is counted from there. */
export function railOf<State, P extends Proposal>(
  track: Track<State, P>,
  { state, doneOn, entered, ended, step, sides }: Walk<State>,
  due: Instant | undefined,
  tell: Telltale,
): StageStep[] {
  const at = indexOf(track.steps, step);
  let from: LocalDate | null = shanghaiDate(tell.now);
  const own = track.steps.map((key, index): OwnStep => {
    const isOver = ended !== undefined && index >= at;
    const why = isOver ? `ended.${ended}` : index >= at || entered.includes(key) || !track.optional?.includes(key) ? undefined : `skipped.${key}`;
    const status = why !== undefined ? 'skipped' : index < at ? 'done' : index === at ? 'current' : 'ahead';
    if (status === 'current' || status === 'ahead') from = expectedOf(track, state, key, { from, due: index === at ? due : undefined }, tell);
    return {
      key,
      state: status,
      on: status === 'done' ? (doneOn[key] ?? null) : null,
      estimated: status === 'current' || status === 'ahead' ? from : null,
      count: status === 'current' ? (track.count?.(state, key) ?? null) : null,
      note: why === undefined ? null : tell.say(`stage.${track.kind}.${why}`),
      side: sides.filter((side) => side.step === key),
    };
  });
  const shown = tell.audience === 'resident' && track.publicSteps ? folded(track.publicSteps, own) : own;
  const prefix = tell.audience === 'resident' && track.publicSteps ? 'stage.public' : `stage.${track.kind}`;
  return shown.map((it) => written(it, track.kind, prefix, tell));
}

interface OwnStep {
  readonly key: string;
  readonly state: StepState;
  readonly on: LocalDate | null;
  readonly estimated: LocalDate | null;
  readonly count: Count | null;
  readonly note: string | null;
  readonly side: readonly Side[];
}

function expectedOf<State, P extends Proposal>(
  track: Track<State, P>,
  state: State,
  step: string,
  { from, due }: { readonly from: LocalDate | null; readonly due: Instant | undefined },
  tell: Telltale,
): LocalDate | null {
  if (due !== undefined) return later(dueDay(due), shanghaiDate(tell.now));
  const expected = track.expected?.(state, step);
  if (!expected) return null;
  if ('at' in expected) return later(dueDay(expected.at), shanghaiDate(tell.now));
  return from && tell.resolve(from, expected);
}

function later(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b;
}

/** A public step is done when all that it stands for is; what stands for nothing was done before the case began. */
function folded(publicSteps: NonNullable<Track<never, Proposal>['publicSteps']>, own: readonly OwnStep[]): OwnStep[] {
  const began = own.find(({ on }) => on !== null)?.on ?? null;
  return publicSteps.map(([key, names]): OwnStep => {
    const parts = own.filter((part) => names.includes(part.key));
    if (parts.length === 0) return { key, state: 'done', on: began, estimated: null, count: null, note: null, side: [] };
    const left = parts.filter(({ state }) => state !== 'skipped');
    const isStarted = left.some(({ state }) => state === 'current' || state === 'done');
    const isDone = left.length > 0 && left.every(({ state }) => state === 'done');
    const state = left.length === 0 ? 'skipped' : isDone ? 'done' : isStarted ? 'current' : 'ahead';
    return {
      key,
      state,
      on: isDone ? (left.at(-1)?.on ?? null) : null,
      estimated: isDone ? null : (left.at(-1)?.estimated ?? null),
      count: parts.find(({ count }) => count !== null)?.count ?? null,
      note: left.length === 0 ? (parts[0]?.note ?? null) : null,
      side: parts.flatMap(({ side }) => side),
    };
  });
}

function written(step: OwnStep, kind: string, prefix: string, tell: Telltale): StageStep {
  const label = tell.say(`${prefix}.step.${step.key}`);
  const side = step.side.map((it) => sideOf(it, kind, tell));
  const { state, on, estimated, count, note } = step;
  const what = [
    count && tell.say(`stage.${kind}.count`, { done: count.done, of: count.of }),
    on && dayText(on, tell),
    state === 'ahead' && estimated && tell.say('stage.step.estimated', { date: dayText(estimated, tell) }),
    note,
  ].filter(Boolean);
  const text = tell.say(`stage.step.${state}`, { label, what: what.length === 0 ? '' : ` ${what.join(' ')}` });
  return { ...step, label, side, text };
}

function sideOf({ key, from, until }: Side, kind: string, tell: Telltale): StageSide {
  const label = tell.say(`stage.${kind}.side.${key}`);
  const params = { label, from: dayText(from, tell), until: until ? dayText(until, tell) : '' };
  const text = tell.say(until === null ? 'stage.side.open' : until === from ? 'stage.side.moment' : 'stage.side.over', params);
  return { key, label, from, until, text };
}
