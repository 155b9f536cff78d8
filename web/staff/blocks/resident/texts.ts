import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/blocks/resident', {
  person: { zh: '居民', en: 'The resident' },
  name: { zh: '姓名（可不填）', en: 'Name (optional)' },
  phone: { zh: '电话（可不填）', en: 'Phone (optional)' },
  phoneWrong: { zh: '电话号码不对', en: 'That is no phone number' },
  minor: { zh: '未满{{age}}岁', en: 'Under {{age}}' },
  guardian: { zh: '监护人也同意', en: 'A guardian agrees too' },
  guardianMissing: { zh: '未满{{age}}岁要监护人同意', en: 'Under {{age}} a guardian must agree' },
  notice: { zh: '告知书', en: 'Notice' },
  consent: { zh: '居民怎样同意的', en: 'How the resident agreed' },
  consentMissing: { zh: '请选居民怎样同意的', en: 'Say how the resident agreed' },
  code: { zh: '请把查询码抄给居民：{{code}}。凭它可以查看进展、补充说明、撤回同意。只显示这一次。', en: 'Write this code down for the resident: {{code}}. It shows how things go on, takes remarks, and takes consent back. It is shown this once.' },
});
