import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/blocks/photos', {
  hint: { zh: '{{count}}/9张，可不传。自动缩小，边写边传', en: '{{count}} of 9, optional. They shrink by themselves and go up while you write' },
  addPhotos: { zh: '＋ 添加照片', en: '+ Add photos' },
  photo: { zh: '照片{{number}}', en: 'Photo {{number}}' },
  'photo.sending': { zh: '正在上传…', en: 'Uploading…' },
  'photo.kept': { zh: '✓ 已上传', en: '✓ Uploaded' },
  'photo.elsewhere': { zh: '✓ 已由另一台设备上传', en: '✓ Uploaded from another device' },
  'photo.gone': { zh: '已过保留时间，请删除后重新添加', en: 'No longer kept: remove it and add it again' },
  'photo.waiting': { zh: '等网络恢复后自动上传', en: 'Goes up once the network is back' },
  'photo.failed': { zh: '未传上：{{why}}', en: 'Not uploaded: {{why}}' },
  'photo.again': { zh: '重传', en: 'Try again' },
  'photo.remove': { zh: '删除{{name}}', en: 'Remove {{name}}' },
  tooMany: { zh: '最多9张，多出的没有添加', en: 'At most 9; the rest was not added' },
  notKept: { zh: '本机存不下照片：离开本页后，没传完的要重新添加。', en: 'This device cannot keep photos: add those again that were not uploaded when you leave.' },
});
