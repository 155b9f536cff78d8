import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/surveys', {
  title: { zh: '需求摸底', en: 'Needs surveys' },
  lead: { zh: '向居民问一轮：谁来答、答到哪、收上来什么。', en: 'Ask residents: who answers, how far it is, what came in.' },
  new: { zh: '新建摸底', en: 'New survey' },
  name: { zh: '名称', en: 'Title' },
  status: { zh: '状态', en: 'Status' },
  window: { zh: '期限', en: 'Open' },
  areas: { zh: '社区', en: 'Communities' },
  areaCount: { zh: '{{count}}个', en: { one: '{{count}} community', other: '{{count}} communities' } },
  target: { zh: '每社区目标', en: 'Target each' },
  due: { zh: '截止', en: 'Due' },
  empty: { zh: '还没有摸底', en: 'No surveys yet' },
  emptyWhy: { zh: '定好问题、社区和期限，发布后居民扫码填写，工作人员也可代录。', en: 'Set questions, communities and dates; residents answer by code, staff may write for them.' },
});
