import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/register', {
  title: { zh: '登记需求', en: 'Register a need' },
  lead: { zh: '替居民记一件事。先念告知书，居民同意才能记。', en: 'Write down what a resident asks for. Read out the notice; write only if they agree.' },
  what: { zh: '什么事', en: 'What' },
  community: { zh: '社区', en: 'Community' },
  communityMissing: { zh: '请选社区', en: 'Choose the community' },
  choose: { zh: '请选择', en: 'Please choose' },
  words: { zh: '居民原话', en: 'In their own words' },
  wordsHint: { zh: '加密保存，只有本社区工作人员能看。公开内容在梳理时写。', en: 'Sealed: for staff of the community only. The public text is written in triage.' },
  wordsMissing: { zh: '请写居民原话', en: 'Write down their words' },
  category: { zh: '类别', en: 'Category' },
  asWritten: { zh: '按原话判断，梳理时可改', en: 'As the words suggest; triage may change it' },
  heard: { zh: '从哪里听到', en: 'Where it was heard' },
  place: { zh: '小区、院落（可不填）', en: 'Estate or courtyard (optional)' },
  photos: { zh: '照片（可不传）', en: 'Photographs (optional)' },
  photosHint: { zh: '不拍到人脸、门牌。只有本社区工作人员能看。', en: 'No faces, no door numbers. For staff of the community only.' },
  photosLeft: { zh: '照片还没传完', en: 'Photographs are still on the way' },
  send: { zh: '登记', en: 'Register' },
  kept: { zh: '草稿保存于{{time}}（本机）', en: 'Kept on this device at {{time}}' },
  done: { zh: '已登记，可接着登记下一件', en: 'Registered; go on with the next one' },
  toTriage: { zh: '打开这件，现在梳理', en: 'Open it for triage' },
});
