import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/accounts', {
  title: { zh: '账号与授权', en: 'Accounts and roles' },
  lead: { zh: '谁能登录，在哪里有什么岗位。', en: 'Who can sign in, and in which role where.' },
  add: { zh: '登记人员', en: 'Add a person' },
  addDone: { zh: '登记', en: 'Add' },
  find: { zh: '按完整姓名或手机号查找', en: 'Find by full name or phone' },
  findNone: { zh: '没有找到“{{asked}}”。须填写完整姓名或完整手机号。', en: 'Nobody found for “{{asked}}”. Type the whole name or the whole number.' },
  name: { zh: '姓名', en: 'Name' },
  phone: { zh: '手机', en: 'Phone' },
  unit: { zh: '所在单位', en: 'Employer' },
  place: { zh: '归属', en: 'Belongs to' },
  placeHint: { zh: '只有管理该处的人能看到和修改。', en: 'Only those who administer that place see and change it.' },
  erased: { zh: '（已删除个人信息）', en: '(personal data erased)' },
  empty: { zh: '还没有人员', en: 'Nobody yet' },
  emptyWhy: { zh: '登记人员，再为其开通账号、授予岗位。', en: 'Add a person, then open an account and grant a role.' },
});
