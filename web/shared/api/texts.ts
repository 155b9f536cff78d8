import { defineTexts } from '../texts/i18n.ts';

export const texts = defineTexts('shared/api', {
  network: {
    zh: '网络不通，暂未办成；内容已保存。网络恢复后可再点一次，不会重复。',
    en: 'No connection, so it is not done yet; your text is saved. Press again once you are online, it cannot double.',
  },
  unreadable: { zh: '服务器的答复无法读取，请稍后重试。', en: 'The server’s answer could not be read; try again shortly.' },
  open: { zh: '暂未办成，内容已保存。可再点一次，不会重复。', en: 'Not done yet; text saved. Press again, it cannot double.' },
  refused: { zh: '没有办成', en: 'Not done' },
  unavailable: { zh: '暂时没有办成', en: 'Not done yet' },
  stale: {
    zh: '有人刚改过。您写的还在，请比较后保存。',
    en: 'Somebody just changed this. Yours is kept; compare, then save.',
  },
  requestId: { zh: '请求编号', en: 'Request' },
  retry: { zh: '重试', en: 'Try again' },
});
