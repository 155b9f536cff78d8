import type { Category } from '../../needs/model.ts';

/** What is done to a project after it was opened, one after the other. */
export type Step =
  | 'claim'
  | 'agree'
  | 'start'
  | 'fund'
  | 'requestAcceptance'
  | 'requireRectification'
  | 'accept'
  | 'evaluate'
  | 'proposeAward';

export interface PresentProject {
  readonly key: string;
  readonly title: string;
  readonly need: string;
  readonly category: Category;
  readonly sharedProperty?: true;
  /** Which of the sample's unit accounts speaks for its lead; none = nobody has taken it. */
  readonly unit?: number;
  /** By the social organisation, for that unit. */
  readonly carriedOutForIt?: true;
  readonly steps: readonly Step[];
}

const TO_ACCEPTANCE: readonly Step[] = ['claim', 'agree', 'start', 'fund', 'requestAcceptance'];

/** Opened by hand, each carried on until it waits in a state of its own; all invented. */
export const projects: readonly PresentProject[] = [
  { key: 'consent', title: '示例：单元门禁更换', need: '示例：单元门禁损坏，希望更换', category: 'housing', sharedProperty: true, steps: [] },
  { key: 'listed', title: '示例：社区食堂送餐上门', need: '示例：行动不便的老人希望送餐上门', category: 'dining', steps: [] },
  { key: 'claimed', title: '示例：独居老人结对探访', need: '示例：独居老人希望有人定期探访', category: 'elderly', unit: 0, steps: ['claim'] },
  { key: 'agreed', title: '示例：周末手机课堂', need: '示例：希望学会用手机挂号、缴费', category: 'education', unit: 1, steps: ['claim', 'agree'] },
  {
    key: 'implementing',
    title: '示例：楼道堆物清理',
    need: '示例：楼道堆放杂物，希望清理',
    category: 'environment',
    unit: 0,
    carriedOutForIt: true,
    steps: ['claim', 'agree', 'start', 'fund'],
  },
  { key: 'acceptance', title: '示例：上门助浴服务', need: '示例：失能老人希望上门助浴', category: 'care', unit: 1, steps: TO_ACCEPTANCE },
  {
    key: 'rectifying',
    title: '示例：电动车充电棚改造',
    need: '示例：电动车充电不安全',
    category: 'safety',
    unit: 2,
    carriedOutForIt: true,
    steps: [...TO_ACCEPTANCE, 'requireRectification'],
  },
  { key: 'accepted', title: '示例：小学生假期托管', need: '示例：双职工家庭假期无人照看孩子', category: 'children', unit: 2, steps: [...TO_ACCEPTANCE, 'accept'] },
  {
    key: 'award',
    title: '示例：家庭医生进小区',
    need: '示例：希望在小区里量血压、问用药',
    category: 'medical',
    unit: 2,
    steps: [...TO_ACCEPTANCE, 'accept', 'evaluate', 'proposeAward'],
  },
];

export interface MatchedProject {
  readonly key: string;
  readonly title: string;
  readonly need: string;
  /** One that no offer of the year serves, so that the new offer takes it. */
  readonly category: Category;
  readonly unit: number;
  readonly offer: string;
}

/** Matched with new offers of two units, who have not answered yet. */
export const matched: readonly MatchedProject[] = [
  { key: 'employment', title: '示例：家门口招聘会', need: '示例：希望在社区找到灵活就业岗位', category: 'employment', unit: 0, offer: '示例：提供岗位信息和招聘场地' },
  { key: 'culture', title: '示例：社区读书角', need: '示例：希望社区有安静的读书角', category: 'culture', unit: 1, offer: '示例：捐赠图书并组织读书活动' },
];

/** Raised, and nobody has looked at them yet. */
export const untriaged: readonly { readonly text: string; readonly category: Category }[] = [
  { text: '示例：小区路灯不亮，晚上出行不便', category: 'mobility' },
  { text: '示例：希望增加儿童活动器材', category: 'children' },
  { text: '示例：楼下烧烤油烟大', category: 'environment' },
];

const choice = (id: string, text: string): { id: string; text: string } => ({ id, text });

export const surveyQuestions = [
  { id: 'household', type: 'singleChoice', text: '您家的情况', required: true, choices: [choice('elders', '有 60 岁以上老人'), choice('children', '有未成年孩子'), choice('other', '其他')] },
  { id: 'services', type: 'multipleChoice', text: '您希望社区多做些什么', choices: [choice('dining', '助餐'), choice('care', '助浴护理'), choice('play', '儿童托管'), choice('repair', '小修小补')] },
  { id: 'mark', type: 'rating', text: '您对社区服务的评价' },
  { id: 'need', type: 'text', text: '眼下最需要解决的一件事', isNeed: true },
  { id: 'estate', type: 'place', text: '哪个小区' },
];

/** Written down at the door, with the residents' spoken consent. */
export const surveyAnswers = [
  [{ question: 'household', value: 'elders' }, { question: 'services', value: ['dining', 'care'] }, { question: 'mark', value: 4 }, { question: 'need', value: '示例：老人中午没人做饭，希望有助餐点' }],
  [{ question: 'household', value: 'children' }, { question: 'services', value: ['play'] }, { question: 'mark', value: 5 }],
  [{ question: 'household', value: 'elders' }, { question: 'services', value: ['repair'] }, { question: 'mark', value: 3 }, { question: 'need', value: '示例：楼道扶手松动，老人不敢扶' }, { question: 'estate', value: '示例小区' }],
  [{ question: 'household', value: 'other' }, { question: 'mark', value: 4 }],
];

export const BUDGET_FEN = 500_000;

/** Below half of what was spent, which is the most that the award pack allows. */
export const AWARD_FEN = 200_000;

/** Percent of each criterion's points; enough for a good grade whatever the residents' ratings. */
export const MARKS = { completion: 95, quality: 92, finance: 96, sustainability: 90 };
