import { describe, expect, it } from '@jest/globals';
import { resolveDeadline, workdaysBetween } from '../../../src/calendar/model.ts';
import { audienceOf } from '../../../src/cases/stage/audience.ts';
import { AUDIENCES, type StageView, type Telltale } from '../../../src/cases/stage/model.ts';
import { stageView } from '../../../src/cases/stage/view.ts';
import { fill } from '../../../src/kernel/texts.ts';
import { addHours, localDate, shanghaiInstant } from '../../../src/kernel/time.ts';
import { FOLLOW_STATES } from '../../../src/needs/intake/model.ts';
import { followStage, type FollowedNeed } from '../../../src/needs/stage/model.ts';
import { texts } from '../../../src/texts.ts';
import { calendar, kinds, situationsOf, START, type Kind, type Situation } from './situations.ts';

const UNITS: Readonly<Record<string, string>> = { k1: '示例社区', k2: '示例二社区', u1: '甲单位', u2: '乙单位', u3: '丙单位', u4: '丁单位' };
const LANGUAGES = ['zh', 'en'] as const;

function tell(part: Partial<Telltale> = {}): Telltale {
  const { language = 'zh', audience = 'staff' } = part;
  return {
    audience,
    language,
    now: START,
    say: (key, params = {}) => {
      const text = texts[key];
      if (!text) throw new Error(`no text ${key}`);
      return fill(text[language], params);
    },
    unit: (id) => UNITS[id],
    person: () => '张＊',
    holders: () => ['李＊'],
    isMine: () => false,
    workdays: (from, to) => workdaysBetween(from, to, calendar),
    resolve: (from, { n, unit }) => resolveDeadline({ from, n, unit }, calendar).on,
    ...part,
  };
}

const view = ({ machine, track }: Kind, { events, now }: Situation, part: Partial<Telltale> = {}): StageView =>
  stageView({ machine, track, events }, tell({ now, ...part }));

const wordsOf = (it: StageView): string[] => [
  it.sentence,
  ...(it.otherwise === null ? [] : [it.otherwise]),
  ...it.also,
  ...it.steps.flatMap(({ text, side }) => [text, ...side.map((one) => one.text)]),
  ...it.history.map(({ text }) => text),
];

const situations = Object.values(kinds).flatMap((kind) =>
  Object.entries(kind.ways).flatMap(([name, steps]) => situationsOf(kind, steps).map((at, index) => ({ kind, name: `${kind.track.kind} ${name} ${index} ${at.state.status}`, at }))),
);

describe.each(Object.values(kinds).map((kind) => [kind.track.kind, kind] as const))('a %s', (_, kind) => {
  const all = Object.values(kind.ways).flatMap((steps) => situationsOf(kind, steps));

  it('is looked at in every status and after every event there is', () => {
    expect([...new Set(all.map(({ state }) => state.status))].sort()).toEqual([...new Set(kind.statuses)].sort());
    expect([...new Set(all.flatMap(({ events }) => events.map(({ type }) => type)))].sort()).toEqual(Object.keys(kind.track.events).sort());
  });

  it.each(AUDIENCES.flatMap((audience) => LANGUAGES.flatMap((language) => [true, false].map((mine) => ({ audience, language, mine })))))(
    'tells owner, due and otherwise to $audience in $language, mine: $mine',
    ({ audience, language, mine }) => {
      for (const at of all) {
        const it = view(kind, at, { audience, language, isMine: () => mine });
        const isOpen = !kind.machine.closed(at.state);
        expect({ at: at.state.status, owner: it.owner !== null, otherwise: Boolean(it.otherwise), turn: it.turn !== 'none' }).toEqual({
          at: at.state.status,
          owner: isOpen,
          otherwise: isOpen,
          turn: isOpen,
        });
        const due = kind.machine.waits(at.state).flatMap((wait) => wait.due ?? []);
        if (it.dueAt !== null) expect(due).toContain(it.dueAt);
        if (it.dueAt === null && it.turn !== 'system' && isOpen) expect(it.sentence).toContain(texts['stage.until.none']![language]);
        if (it.turn === 'other') expect(it.sentence).toContain(it.owner!.text);
        if (audience !== 'staff') expect(it.owner?.people ?? []).toEqual([]);
        if (audience === 'resident') expect(it.history.map(({ by }) => by)).not.toContain('张＊');
        expect(wordsOf(it).filter((text) => text === '' || /[{}]|undefined|null/.test(text))).toEqual([]);
        if (language === 'en') expect(wordsOf(it).filter((text) => /[\u4e00-\u9fff]/.test(text.replace(/示例二?社区|[甲乙丙丁]单位|李＊/g, '')))).toEqual([]);
      }
    },
  );

  it('has one present step while it is open, and none afterwards', () => {
    for (const at of all) {
      const { steps } = view(kind, at);
      expect(steps.filter(({ state }) => state === 'current')).toHaveLength(kind.machine.closed(at.state) ? 0 : 1);
      const states = steps.map(({ state }) => state).filter((state) => state !== 'skipped');
      expect(states).toEqual([...states].sort((a, b) => ['done', 'current', 'ahead'].indexOf(a) - ['done', 'current', 'ahead'].indexOf(b)));
      expect(steps.filter(({ state, on }) => state === 'done' && on === null)).toEqual([]);
    }
  });

  it('offers a command only where the rules take it', () => {
    for (const at of all) {
      const action = view(kind, at, { isMine: () => true }).action;
      if (action) expect({ command: action.command, taken: kind.legal[action.command]?.includes(at.state.status) }).toEqual({ command: action.command, taken: true });
    }
  });
});

const project = kinds['microProject']!;
const cycle = kinds['quarterCycle']!;
const at = (kind: Kind, name: string, test: (situation: Situation) => boolean): Situation => situationsOf(kind, kind.ways[name]!).find(test)!;
const lastType = (type: string) => ({ events }: Situation): boolean => events.at(-1)?.type === type;

describe('the sentence', () => {
  const claimed = at(project, 'to its end', lastType('claimed'));

  it('says who, what, by when and what happens otherwise', () => {
    const it = view(project, claimed, { holders: () => [] });
    expect(it.sentence).toBe('等 甲单位（共建单位联络员） 签订协议·2月9日（周一）截止，还有10个工作日');
    expect(it.otherwise).toBe('若未办：2月9日（周一）到期未签约，认领失效，另请单位');
    expect(view(project, claimed, { holders: () => [], language: 'en' }).sentence).toBe(
      'Waiting for 甲单位 (Liaison officer of a unit) to agree · by 9 Feb (Mon), 10 workdays left',
    );
  });

  it('speaks to whose turn it is, with the command', () => {
    const it = view(project, claimed, { audience: 'unit', isMine: ({ role }) => role === 'unit' });
    expect([it.turn, it.sentence, it.action?.command]).toEqual(['mine', '轮到您签订协议·2月9日（周一）截止，还有10个工作日', 'agree']);
  });

  it('names a person to staff only', () => {
    expect(view(project, claimed).sentence).toContain('甲单位（共建单位联络员） 李＊ 签订协议');
    expect(view(project, claimed, { audience: 'unit' }).sentence).not.toContain('李＊');
  });

  it('says how late it is, and that the manager knows', () => {
    const late = at(project, 'nobody claims', lastType('waitLate'));
    const it = view(project, { ...late, now: addHours(late.now, 49) });
    expect([it.late, it.workdaysLeft]).toEqual([true, -3]);
    expect(it.sentence).toContain('已逾期3个工作日');
    expect(it.otherwise).toContain('已标记逾期并告知管理员');
  });

  it('knows the whole row of reminders of a quarter', () => {
    const asked = at(cycle, 'to its end', lastType('reportsAsked'));
    const it = view(cycle, asked, { isMine: ({ role }) => role === 'unit' });
    expect(it.escalations.map(({ text }) => text)).toEqual(['催办', '催办', '催办', '标记逾期', '报街道督办']);
    expect(it.otherwise).toMatch(/催办→.*标记逾期→.*报街道督办$/);
  });

  it('puts a report that is asked for before work without a date', () => {
    const started = at(project, 'to its end', lastType('started'));
    const beside = [{ name: 'report:2026Q1', owner: { role: 'unit', orgUnitId: 'u1' }, due: shanghaiInstant(localDate('2026-02-02')), otherwise: 'quarters.wait.reports' }];
    const input = { machine: project.machine, track: project.track, events: started.events, beside };
    const it = stageView(input, tell({ now: started.now, isMine: () => true }));
    expect([it.action?.command, it.workdaysLeft]).toEqual(['submitReport', 4]);
    expect(it.also).toEqual(['轮到您实施项目，完成后申请验收·没有固定期限']);
  });
});

describe('the rail', () => {
  const states = (it: StageView): string[] => it.steps.map(({ key, state }) => `${key} ${state}`);

  it('says why a step is left out', () => {
    const { steps } = view(project, at(project, 'to its end', lastType('claimed')));
    expect(steps.find(({ key }) => key === 'consent')).toMatchObject({ state: 'skipped', note: '不涉及共有部分，无需表决' });
  });

  it('counts accepted reports of the present step, and what comes after it has no date', () => {
    const it = view(project, at(project, 'to its end', lastType('reportSubmitted')));
    expect(it.steps.find(({ state }) => state === 'current')).toMatchObject({ key: 'implement', count: { done: 0, of: 1 }, text: '●实施 0/1季' });
    expect(it.steps.filter(({ state }) => state === 'ahead').map(({ estimated }) => estimated)).toEqual([null, null, null, null]);
  });

  it('estimates what lies ahead by the time that each step may take', () => {
    const { steps } = view(project, at(project, 'to its end', lastType('opened')));
    expect(steps.filter(({ state }) => state !== 'skipped').map(({ key, estimated }) => [key, estimated]).slice(0, 4)).toEqual([
      ['opened', null],
      ['claim', '2026-02-09'],
      ['agree', '2026-02-28'],
      ['implement', null],
    ]);
    expect(steps.find(({ key }) => key === 'agree')?.text).toBe('○签约 预计2月28日（周六）');
  });

  it('hangs what interrupts a step under it, and goes back with a withdrawal', () => {
    const suspended = view(project, at(project, 'with every detour', lastType('suspended')));
    expect(suspended.steps.find(({ key }) => key === 'implement')).toMatchObject({
      state: 'current',
      side: [{ key: 'withdrawn' }, { key: 'suspended', until: null, text: '暂停 3月27日（周五）起' }],
    });
    const withdrawn = view(project, at(project, 'with every detour', lastType('withdrawn')));
    expect(states(withdrawn)).toContain('claim current');
    expect(states(withdrawn)).toContain('implement ahead');
  });

  it('leaves out what is not reached any more once it is cancelled', () => {
    const it = view(project, at(project, 'nobody claims', lastType('cancelled')));
    expect(states(it).slice(2)).toEqual(['claim', 'agree', 'implement', 'accept', 'evaluate', 'award', 'close'].map((key) => `${key} skipped`));
    expect(it.sentence).toBe('项目已取消，方案退回重新对接。');
  });

  it('is 收到→核实→对接→办理→办结 to residents', () => {
    const it = view(project, at(project, 'to its end', lastType('started')), { audience: 'resident' });
    expect(it.steps.map(({ label, state }) => `${label} ${state}`)).toEqual(['收到 done', '核实 done', '对接 done', '办理 current', '办结 ahead']);
    expect(it.history.map(({ text }) => text)).toEqual(['项目立项', '甲单位认领', '签订协议', '开工']);
  });

  it('gives every own step of a project to one public step', () => {
    const given = project.track.publicSteps!.flatMap(([, own]) => own);
    expect([...given].sort()).toEqual([...project.track.steps].sort());
  });
});

describe('a resident’s need', () => {
  const followed = (state: (typeof FOLLOW_STATES)[number]): FollowedNeed => ({
    ...{ state, submittedAt: START, communityId: 'k1', remarks: [] },
    asked: state === 'asked' ? { text: '是哪一栋楼的扶手？', at: START } : null,
    leftOut: state === 'leftOut' ? { reason: 'elsewhere', text: '供水公司的电话在公告栏。' } : null,
  });

  it.each(FOLLOW_STATES.flatMap((state) => LANGUAGES.map((language) => [state, language] as const)))('%s is told in %s', (state, language) => {
    const it = followStage(followed(state), tell({ audience: 'resident', language }));
    expect(it.steps.map(({ key }) => key)).toEqual(['received', 'verified', 'matched', 'handled', 'settled']);
    expect([it.owner !== null, Boolean(it.otherwise)]).toEqual([it.turn !== 'none', it.turn !== 'none']);
    expect(wordsOf(it).filter((text) => text === '' || /[{}]|undefined/.test(text))).toEqual([]);
  });

  it('is whose turn it says', () => {
    const of = (state: (typeof FOLLOW_STATES)[number]): string =>
      followStage(followed(state), tell({ audience: 'resident' })).sentence;
    expect(of('received')).toBe('等 示例社区（社区工作者） 核实您的需求·没有固定期限');
    expect(of('answered')).toBe('轮到您看看问题是否解决·没有固定期限');
    expect(of('closed')).toBe('已办结。');
    expect(of('asked')).toBe('轮到您补充：是哪一栋楼的扶手？·没有固定期限');
    expect(of('leftOut')).toBe('未列入清单：不属于社区职责，应向其他部门反映。供水公司的电话在公告栏。');
  });
});

it('knows its readers', () => {
  const grant = (role: string, ...permissions: string[]) => ({ role, permissions });
  expect([
    audienceOf([]),
    audienceOf([grant('resident')]),
    audienceOf([grant('unit')]),
    audienceOf([grant('manager', 'people.read')]),
    audienceOf([grant('reviewer')]),
  ]).toEqual(['resident', 'resident', 'unit', 'staff', 'other']);
});

it('looks at more than a hundred situations', () => {
  expect(situations.length).toBeGreaterThan(100);
});
