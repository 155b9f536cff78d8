import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/audit-chain', {
  title: { zh: '审计链', en: 'Audit chain' },
  lead: { zh: '记录按块封存，块块相连；每天对最后一块签名并公开，任何人都可留底。', en: 'The record is sealed in blocks, each holding the last one’s hash; every day the head is signed and published.' },
  back: { zh: '返回核验', en: 'Back to verify' },
  export: { zh: '导出全部记录', en: 'Export the record' },
  state: { zh: '最近一次签名', en: 'Last signature' },
  rows: { zh: '已封存条数', en: 'Rows sealed' },
  block: { zh: '块号', en: 'Block' },
  day: { zh: '日期', en: 'Day' },
  hash: { zh: '块指纹', en: 'Hash of the block' },
  keys: { zh: '公钥', en: 'Public keys' },
  key: { zh: '{{id}}（{{suite}}）：{{key}}', en: '{{id}} ({{suite}}): {{key}}' },
  how: { zh: '自行核验：导出记录文件，在任何装有本产品的机器上运行下面的命令，它重算每一条、每一块、每个签名。', en: 'To check it yourself: export the record and run this on any machine that has the product; it recomputes every row, block and signature.' },
  anchors: { zh: '已公开的签名', en: 'Published signatures' },
  signature: { zh: '签名', en: 'Signature' },
  signed: { zh: '{{signature}}…（{{key}}）', en: '{{signature}}… ({{key}})' },
  none: { zh: '还没有签名', en: 'No signature yet' },
  noneWhy: { zh: '系统每天封存后自动签名。', en: 'The system seals and signs every day by itself.' },
});
