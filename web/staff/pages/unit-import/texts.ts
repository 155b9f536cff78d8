import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/unit-import', {
  title: { zh: '导入单位', en: 'Import units' },
  lead: { zh: '一次导入街道、社区、单位和结对关系；同一编号再次导入即为更新。', en: 'Offices, communities, units and memberships at once; a code imported again is updated.' },
  back: { zh: '返回单位', en: 'Back to the units' },
  file: { zh: '选择文件', en: 'Choose the file' },
  table: { zh: '组织名册（XLSX或CSV）', en: 'List of organisations (XLSX or CSV)' },
  columns: {
    zh: '列：编号、名称、类别（街道办事处、社区、共建单位、社会组织、职能部门）；可有级别、上级、结对社区（顿号隔开）、联络岗位、备注。',
    en: 'Columns 编号 code, 名称 name, 类别 kind; optional 级别 level, 上级 parent, 结对社区 communities, 联络岗位 contact post, 备注 note.',
  },
  missing: { zh: '请选择文件', en: 'Choose a file' },
  joinedOn: { zh: '新结对从哪天起（选填）', en: 'New memberships begin on (optional)' },
  joinedHint: { zh: '不填：今天', en: 'Empty: today' },
  import: { zh: '导入', en: 'Import' },
  takeValid: { zh: '只导入正确的行', en: 'Take only the right rows' },
  done: { zh: '导入结果', en: 'Imported' },
  counts: {
    zh: '共{{rows}}行：新增{{created}}，更新{{updated}}，未变{{unchanged}}；新结对{{memberships}}。',
    en: '{{rows}} rows: {{created}} new, {{updated}} updated, {{unchanged}} unchanged; {{memberships}} new memberships.',
  },
  unknown: { zh: '没有用到的列：{{headings}}', en: 'Columns not used: {{headings}}' },
  rejected: { zh: '未导入的行：', en: 'Rows left out:' },
  see: { zh: '查看单位', en: 'See the units' },
});
