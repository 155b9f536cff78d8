import type { Texts } from '../kernel/texts.ts';

export const texts = {
  'error.DOCUMENT_UNKNOWN': {
    zh: '没有这个校验码。请核对是否抄错；仍查不到，这份文件可能不是本系统打印的。',
    en: 'There is no such check code. Please compare it once more; if it stays unknown, the document may not be ours.',
  },
  'error.DOCUMENT_TOO_EARLY': {
    zh: '项目现在处于“{status}”阶段，还不能出这份文件。',
    en: 'The project is “{status}” now; this document cannot be made yet.',
  },
  'error.DOCUMENT_FORMAT': { zh: '这份文件没有 {format} 格式。', en: 'This document is not made as {format}.' },
} as const satisfies Texts;
