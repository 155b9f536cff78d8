import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/sign-in', {
  title: { zh: '登录', en: 'Sign in' },
  product: { zh: '社区共建流程引擎', en: 'Cobuild, the community co-building engine' },
  signedOut: { zh: '已退出登录。', en: 'You are signed out.' },
  elsewhere: { zh: '用{{label}}登录', en: 'Sign in with {{label}}' },
  OPENID_REFUSED: { zh: '统一身份认证未通过或已超时，请重新登录。', en: 'Signing in at the provider failed or took too long; please start again.' },
  OPENID_UNLINKED: { zh: '该身份尚未关联账号，请联系街道管理员。', en: 'This identity is not linked to an account; ask your administrator.' },
  OPENID_UNAVAILABLE: { zh: '统一身份认证暂时无法访问，请用账号密码登录。', en: 'The provider does not answer; use login and password.' },
  forgotten: {
    zh: '忘记密码：请联系街道管理员，当面核实后可得到一次性密码。',
    en: 'Forgotten your password: ask your administrator, who gives you a one-time password after checking who you are.',
  },
  residents: { zh: '居民不用登录：', en: 'Residents need no account: ' },
  raise: { zh: '提需求', en: 'Raise a need' },
  follow: { zh: '查进度', en: 'Follow one up' },
  firstTitle: { zh: '请先设置自己的密码', en: 'First set a password of your own' },
  firstWhy: {
    zh: '您用的是一次性密码。设置自己的密码后才能办理事项。',
    en: 'You signed in with a one-time password. Set your own to go on.',
  },
  changeTitle: { zh: '修改密码', en: 'Change password' },
  changeWhy: { zh: '修改后，其他设备上的登录会一并退出。', en: 'Afterwards you are signed out everywhere else.' },
  current: { zh: '当前密码', en: 'Present password' },
  next: { zh: '新密码', en: 'New password' },
  nextRule: {
    zh: '12至128个字符，至少5个不同字符，不含账号。可以粘贴。',
    en: '12 to 128 characters, at least 5 different ones, without your login. You may paste it.',
  },
  currentMissing: { zh: '请填写当前密码', en: 'Enter your present password' },
  nextMissing: { zh: '新密码至少12个字符', en: 'The new password has at least 12 characters' },
  save: { zh: '保存新密码', en: 'Save the new password' },
  back: { zh: '返回', en: 'Back' },
});
