import { shanghaiDate, type Instant } from '../../kernel/time.ts';
import type { WaitOwner } from '../model.ts';
import { dayText, dueDay } from './dates.ts';
import type { StageOwner, StageView, StageWait, Telltale, Turn } from './model.ts';

export type Sentence = Pick<
  StageView,
  'sentence' | 'turn' | 'owner' | 'what' | 'dueAt' | 'workdaysLeft' | 'late' | 'otherwise' | 'escalations' | 'action' | 'also'
>;

/** Waits that a due date only marks late say nothing about what happens without one. */
const ONLY_LATE = /\.markLate$/;

/** `actions`: command by the name of the wait that it answers. */
export function sentenceOf(
  kind: string,
  waits: readonly StageWait[],
  actions: Readonly<Record<string, string>>,
  tell: Telltale,
): Sentence {
  const [wait, ...rest] = inOrder(waits, tell);
  if (!wait) throw new RangeError('an open case waits for somebody or something');
  const turn = turnOf(wait.owner, tell);
  const owner = ownerOf(wait.owner, tell);
  const what = whatOf(kind, wait, tell);
  const { until, workdaysLeft, late } = untilOf(wait, turn, tell);
  const command = turn === 'mine' ? actions[baseOf(wait.name)] : undefined;
  const key = turn === 'system' && !wait.due ? 'working' : turn;
  return {
    sentence: tell.say(`stage.turn.${key}`, { owner: named(owner), what, until }),
    turn,
    owner,
    what,
    dueAt: wait.due ?? null,
    workdaysLeft,
    late,
    otherwise: otherwiseOf(wait, turn, late, tell),
    escalations: (wait.ahead ?? []).map(({ at, text }) => ({ at, text: tell.say(text) })),
    action: command === undefined ? null : { command, label: tell.say(`stage.${kind}.action.${command}`) },
    also: rest.map((other) => alsoOf(kind, other, tell)),
  };
}

/** Nothing is awaited any more. */
export function closedSentence(kind: string, endedAs: string | undefined, tell: Telltale): Sentence {
  const sentence = tell.say(`stage.${kind}.ended.${endedAs ?? 'done'}`);
  const nothing = { owner: null, what: null, dueAt: null, workdaysLeft: null, otherwise: null, action: null };
  return { sentence, turn: 'none', ...nothing, late: false, escalations: [], also: [] };
}

/** `review:2026Q4` waits like every `review`; what follows the colon is filled in. */
export function baseOf(name: string): string {
  return name.split(':')[0] ?? name;
}

/** What is mine comes first, then what other people hold, then what runs by itself; the soonest due of each before. */
function inOrder(waits: readonly StageWait[], tell: Telltale): StageWait[] {
  const rank: Readonly<Record<Turn, number>> = { mine: 0, other: 1, system: 2, none: 3 };
  const key = (wait: StageWait): string => `${rank[turnOf(wait.owner, tell)]} ${wait.due ?? '9999'} ${wait.name}`;
  return [...waits].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function turnOf(owner: WaitOwner, tell: Telltale): Turn {
  if (owner.role === 'system') return 'system';
  return tell.isMine(owner) ? 'mine' : 'other';
}

function ownerOf(owner: WaitOwner, tell: Telltale): StageOwner {
  const unit = owner.orgUnitId === undefined ? undefined : tell.unit(owner.orgUnitId);
  const role = tell.say(owner.role === 'system' ? 'stage.owner.system' : `accounts.role.${owner.role}`);
  const text =
    unit !== undefined
      ? tell.say('stage.owner.at', { unit, role })
      : owner.role === 'unit' && owner.orgUnitId === undefined
        ? tell.say('stage.owner.units')
        : role;
  const people = tell.audience === 'staff' && owner.role !== 'system' ? tell.holders(owner) : [];
  return { role: owner.role, orgUnitId: owner.orgUnitId ?? null, text, people };
}

function named({ text, people }: StageOwner): string {
  return people.length === 0 ? text : `${text} ${people.join('、')}`;
}

function whatOf(kind: string, wait: StageWait, tell: Telltale): string {
  const [base = '', rest = ''] = wait.name.split(':');
  return tell.say(`stage.${kind}.wait.${base}`, { of: rest });
}

function untilOf(
  wait: StageWait,
  turn: Turn,
  tell: Telltale,
): { readonly until: string; readonly workdaysLeft: number | null; readonly late: boolean } {
  if (!wait.due) return { until: tell.say('stage.until.none'), workdaysLeft: null, late: false };
  const today = shanghaiDate(tell.now);
  const last = dueDay(wait.due);
  const workdaysLeft = tell.workdays(today, last);
  const late = turn !== 'system' && tell.now >= wait.due;
  const params = { date: dayText(last, tell), n: Math.abs(workdaysLeft) };
  if (late) return { until: tell.say('stage.until.late', params), workdaysLeft, late };
  if (turn === 'system') return { until: tell.say('stage.until.system', params), workdaysLeft, late };
  return { until: tell.say(last === today ? 'stage.until.today' : 'stage.until.left', params), workdaysLeft, late };
}

function otherwiseOf(wait: StageWait, turn: Turn, late: boolean, tell: Telltale): string {
  const happens = (at: Instant, text: string): string => tell.say('stage.otherwise.step', { date: dayText(dueDay(at), tell), what: bare(tell.say(text)) });
  const ahead = wait.ahead ?? [];
  if (ahead.length > 0) return tell.say('stage.otherwise.ahead', { steps: ahead.map(({ at, text }) => happens(at, text)).join('→') });
  if (turn === 'system') return tell.say(wait.due ? 'stage.otherwise.system' : 'stage.otherwise.working', { what: bare(tell.say(wait.otherwise)) });
  if (wait.wakeAt) return tell.say('stage.otherwise.ahead', { steps: happens(wait.wakeAt, wait.otherwise) });
  if (late) return tell.say('stage.otherwise.told');
  if (!wait.due && ONLY_LATE.test(wait.otherwise)) return tell.say('stage.otherwise.none');
  return tell.say('stage.otherwise.undated', { what: bare(tell.say(wait.otherwise)) });
}

/** Without the full stop, to go on after it. */
function bare(text: string): string {
  return text.replace(/[。.]$/, '');
}

function alsoOf(kind: string, wait: StageWait, tell: Telltale): string {
  const turn = turnOf(wait.owner, tell);
  const key = turn === 'system' && !wait.due ? 'working' : turn;
  const owner = ownerOf(wait.owner, tell);
  return tell.say(`stage.turn.${key}`, { owner: named(owner), what: whatOf(kind, wait, tell), until: untilOf(wait, turn, tell).until });
}
