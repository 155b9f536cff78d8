import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/survey-answer', {
  title: { zh: '代录：{{title}}', en: 'Write for a resident: {{title}}' },
  back: { zh: '回到摸底', en: 'Back to the survey' },
  lead: { zh: '替居民填一份。先念告知书，居民同意才能记。', en: 'For a resident who cannot. Read out the notice; write only if they agree.' },
  form: { zh: '答卷', en: 'Answers' },
  community: { zh: '哪个社区', en: 'Which community' },
  communityMissing: { zh: '请选社区', en: 'Choose the community' },
  choose: { zh: '请选择', en: 'Please choose' },
  optional: { zh: '（可不填）', en: '(optional)' },
  missing: { zh: '请回答：{{question}}', en: 'Please answer: {{question}}' },
  wrongNumber: { zh: '请填整数：{{question}}', en: 'A whole number, please: {{question}}' },
  send: { zh: '记下这份', en: 'Write it down' },
  sent: { zh: '已记下，可接着录下一份', en: 'Written down; go on with the next one' },
  kept: { zh: '草稿保存于{{time}}（本机）', en: 'Kept on this device at {{time}}' },
  photos: { zh: '照片（可不传）', en: 'Photographs (optional)' },
  photosHint: { zh: '不拍到人脸、门牌。只有本社区工作人员能看。', en: 'No faces, no door numbers. For staff of the community only.' },
  photosLeft: { zh: '照片还没传完', en: 'Photographs are still on the way' },
});
