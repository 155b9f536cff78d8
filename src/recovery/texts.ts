import type { Texts } from '../kernel/texts.ts';

export const texts = {
  'error.RECOVERING': {
    zh: '系统正在恢复，暂不受理操作；请稍后用同一操作重试。',
    en: 'The system is being recovered and takes no commands; try the same again later.',
  },
  'error.RECOVERY_UNEXPLAINED': {
    zh: '仍有 {unexplained} 处差异没有解释，不能结束恢复。',
    en: '{unexplained} differences are still unexplained: recovery cannot end.',
  },
  'error.RECOVERY_OVER': { zh: '系统不在恢复中。', en: 'The system is not being recovered.' },
} as const satisfies Texts;
