import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/problems', {
  notFound: { zh: '没有这个页面', en: 'There is no such page' },
  notFoundWhy: { zh: '地址可能打错了，或这一页已经移走。', en: 'The address may be mistyped, or the page has moved.' },
  home: { zh: '回到首页', en: 'Back to the start' },
  failed: { zh: '这一页出错了', en: 'This page failed' },
  failedWhy: {
    zh: '已写的内容保存在本机。请重新加载；若再次出现，请把时间告诉管理员。',
    en: 'What you typed is kept on this device. Please reload; if it fails again, tell the administrator the time.',
  },
  reload: { zh: '重新加载', en: 'Reload' },
  noPermission: { zh: '您不能打开这一页', en: 'You cannot open this page' },
  noPermissionWhy: {
    zh: '本页供{{roles}}使用。可回首页办自己的事，或联系街道管理员。',
    en: 'For: {{roles}}. Go back to your own work, or ask the administrator.',
  },
});
