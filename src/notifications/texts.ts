import type { Texts } from '../kernel/texts.ts';

export const texts = {
  'error.NOTIFICATIONS_MESSAGE_UNKNOWN': { zh: '没有这条消息。', en: 'There is no such message.' },
} as const satisfies Texts;
