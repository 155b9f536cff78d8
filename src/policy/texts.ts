import type { Texts } from '../kernel/texts.ts';

export const texts = {
  'policy.kind.microProject': { zh: '微项目', en: 'Micro-projects' },
  'policy.kind.quarter': { zh: '季度与联席会议', en: 'Quarter and joint meeting' },
  'policy.kind.matching': { zh: '精准对接', en: 'Precise matching' },
  'policy.kind.evaluation': { zh: '评价', en: 'Evaluation' },
  'policy.kind.award': { zh: '以奖代补', en: 'Award on results' },
  'policy.kind.points': { zh: '单位积分', en: 'Unit rating points' },
  'policy.kind.survey': { zh: '需求摸底', en: 'Needs surveys' },
  'policy.kind.needs': { zh: '需求梳理', en: 'Triage of needs' },
  'error.POLICY_UNKNOWN': { zh: '没有这一版规则。', en: 'There is no such version of these rules.' },
  'error.POLICY_WHOLE_TENANT': {
    zh: '规则适用于整个地区，只有管理整个地区的人可以修改。',
    en: 'These rules hold for the whole tenant; only those who manage all of it may change them.',
  },
  'error.POLICY_STALE': {
    zh: '规则已有新版本（第 {version} 版），请在其基础上修改。',
    en: 'These rules have a newer version ({version}); please change that one.',
  },
  'error.POLICY_UNCHANGED': { zh: '与第 {version} 版没有区别。', en: 'This does not differ from version {version}.' },
  'error.POLICY_EFFECTIVE_TOO_EARLY': {
    zh: '生效日期不得早于 {earliest}：已经开始的事项按原规则办理。',
    en: 'Rules cannot take effect before {earliest}: what has begun keeps its rules.',
  },
  'error.POLICY_INVALID': { zh: '规则有误，请逐项核对。', en: 'These rules are not sound; see each value.' },
  'error.POLICY_VALUE_UNKNOWN': { zh: '没有这一项规则。', en: 'The pack has no such value.' },
  'error.POLICY_VALUE_TYPE': { zh: '填写的内容类型不符。', en: 'This is not the kind of value expected here.' },
  'error.POLICY_VALUE_OUT_OF_RANGE': {
    zh: '须为 {min} 到 {max} 之间的整数。',
    en: 'Must be a whole number from {min} to {max}.',
  },
  'error.POLICY_VALUE_ABOVE_ANOTHER': {
    zh: '与其他规则矛盾：最多为 {max}。',
    en: 'Contradicts another value: at most {max}.',
  },
  'error.POLICY_REMINDERS_ORDER': {
    zh: '提醒天数须从早到晚排列，不得重复。',
    en: 'Reminders must run from the earliest to the latest, each once.',
  },
  'error.POLICY_WEIGHTS_SUM': {
    zh: '各项分值之和须为 100，现为 {sum}。',
    en: 'The weights must add up to 100; they add up to {sum}.',
  },
} as const satisfies Texts;
