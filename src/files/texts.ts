import type { Texts } from '../kernel/texts.ts';

export const texts = {
  'error.FILE_KIND': {
    zh: '只能上传照片（JPEG、PNG、WebP）或 PDF。',
    en: 'Only pictures (JPEG, PNG, WebP) or PDF can be uploaded.',
  },
  'error.FILE_TOO_LARGE': { zh: '文件超过 {megabytes} MB。', en: 'The file is larger than {megabytes} MB.' },
  'error.FILE_CUT_OFF': { zh: '文件不完整，请重新上传。', en: 'The file is not complete; please upload it again.' },
  'error.IMAGE_TOO_LARGE': {
    zh: '照片超过 {megapixels} 百万像素，请缩小后再传。',
    en: 'The picture has more than {megapixels} megapixels; please make it smaller.',
  },
  'error.IMAGE_UNREADABLE': {
    zh: '照片打不开，可能不完整。请重新拍摄或选择。',
    en: 'The picture cannot be read; it may be incomplete. Please take or choose it again.',
  },
  'error.FILE_UNKNOWN': { zh: '没有这个文件。', en: 'There is no such file.' },
  'error.FILE_ELSEWHERE': {
    zh: '这个文件已经用在另一件事上，请重新上传。',
    en: 'This file already belongs to another record; please upload it again.',
  },
  'error.FILES_MANY': { zh: '一次最多 {limit} 个文件。', en: 'At most {limit} files at a time.' },
  'error.FILE_REPEATED': { zh: '同一个文件选了两次。', en: 'The same file is named twice.' },
} as const satisfies Texts;
