import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('public/pages/follow', {
  title: { zh: '查进度', en: 'Follow it up' },
  code: { zh: '查询编号', en: 'Follow-up code' },
  codeHint: { zh: '提交后给您的12位编号，如 7K2M-9QXA-34TB', en: 'The code of 12 signs that you were given, such as 7K2M-9QXA-34TB' },
  codeMissing: { zh: '请填写查询编号', en: 'Enter the code' },
  look: { zh: '查看', en: 'Look' },
  other: { zh: '查别的编号', en: 'Another code' },
  number: { zh: '需求编号', en: 'Number' },
  community: { zh: '社区', en: 'Community' },
  sentOn: { zh: '提交时间', en: 'Sent' },
  publicText: { zh: '公开的说法', en: 'As everybody can read it' },
  add: { zh: '补充几句', en: 'Add something' },
  addHint: { zh: '社区要您补充，或情况有变，写在这里。', en: 'When the community asks for more, or things have changed.' },
  addMissing: { zh: '请写几句', en: 'Write a few words' },
  send: { zh: '补充提交', en: 'Add it' },
  added: { zh: '已补充{{count}}次，社区能看到。', en: { one: 'Added {{count}} time; the community can read it.', other: 'Added {{count}} times; the community can read it.' } },
});
