import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('public/pages/verify', {
  title: { zh: '核对打印件', en: 'Check a printed document' },
  lead: { zh: '打印件页脚有校验码。文件留在您的设备上，不会上传。', en: 'The code is at the foot of the page. Files stay on your device.' },
  code: { zh: '校验码', en: 'Check code' },
  codeMissing: { zh: '请填写校验码', en: 'Enter the check code' },
  check: { zh: '核对', en: 'Check' },
  holds: { zh: '真实，内容与现在一致', en: 'Genuine, and it would say the same today' },
  outdated: { zh: '真实，但内容后来有变', en: 'Genuine, but things have changed since' },
  untold: { zh: '真实；现在是否一致已无法比较', en: 'Genuine; whether it still holds can no longer be told' },
  document: { zh: '文件', en: 'Document' },
  label: { zh: '关于', en: 'About' },
  issuer: { zh: '出具单位', en: 'Issued by' },
  printedAt: { zh: '出具时间', en: 'Issued' },
  file: { zh: '核对手中的文件（可不选）', en: 'Compare a file of yours (optional)' },
  fileSame: { zh: '✓ 与出具的文件逐字节相同', en: '✓ The same as the issued file, byte for byte' },
  fileOther: { zh: '✗ 与出具的文件不同，可能被改过', en: '✗ Not the issued file; it may have been changed' },
  other: { zh: '核对另一份', en: 'Check another' },
});
