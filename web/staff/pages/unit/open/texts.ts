import { defineTexts } from '../../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/unit/open', {
  title: { zh: '开放认领的项目', en: 'Projects open to claim' },
  lead: { zh: '先到先得。合适的排在前面。', en: 'First come, first served. What suits you comes first.' },
  category: { zh: '类别', en: 'Category' },
  all: { zh: '全部类别', en: 'All categories' },
  list: { zh: '{{count}}个项目', en: { one: '{{count}} project', other: '{{count}} projects' } },
  none: { zh: '现在没有开放认领的项目', en: 'No project is open to claim now' },
  noneWhy: { zh: '没有单位答复的项目会出现在这里。更新可提供的资源，会先推荐给您。', en: 'Projects that no unit took appear here. Update what you can give to be asked first.' },
  update: { zh: '更新可提供的资源', en: 'Update what we can give' },
});
