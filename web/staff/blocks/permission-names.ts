import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';

const texts = defineTexts('staff/blocks/permission-names', {
  both: { zh: '{{area}}·{{verb}}', en: '{{area}}: {{verb}}' },
  'area.policy': { zh: '政策', en: 'Policy' },
  'area.calendar': { zh: '工作日历', en: 'Calendar' },
  'area.units': { zh: '单位', en: 'Units' },
  'area.accounts': { zh: '账号', en: 'Accounts' },
  'area.audit': { zh: '审计', en: 'Audit' },
  'area.needs': { zh: '需求', en: 'Needs' },
  'area.offers': { zh: '资源', en: 'Offers' },
  'area.matching': { zh: '对接', en: 'Matching' },
  'area.projects': { zh: '项目', en: 'Projects' },
  'area.evaluation': { zh: '评价', en: 'Evaluation' },
  'area.rounds': { zh: '创投', en: 'Funding rounds' },
  'area.meetings': { zh: '联席会议', en: 'Meetings' },
  'area.insights': { zh: '闭环报告', en: 'Loop report' },
  'area.money': { zh: '资金', en: 'Money' },
  'area.payee': { zh: '收款账户', en: 'Payee accounts' },
  'area.people': { zh: '人员信息', en: 'Personal details' },
  'area.system': { zh: '系统', en: 'System' },
  'verb.read': { zh: '查看', en: 'read' },
  'verb.edit': { zh: '修改', en: 'edit' },
  'verb.seal': { zh: '封存', en: 'seal' },
  'verb.amend': { zh: '修正', en: 'amend' },
  'verb.manage': { zh: '管理', en: 'manage' },
  'verb.grant': { zh: '授权', en: 'grant' },
  'verb.verify': { zh: '核验', en: 'verify' },
  'verb.create': { zh: '登记', en: 'create' },
  'verb.triage': { zh: '梳理', en: 'triage' },
  'verb.publish': { zh: '发布', en: 'publish' },
  'verb.run': { zh: '开展', en: 'run' },
  'verb.confirm': { zh: '确认', en: 'confirm' },
  'verb.override': { zh: '改定', en: 'override' },
  'verb.claim': { zh: '认领', en: 'claim' },
  'verb.report': { zh: '报告', en: 'report' },
  'verb.accept': { zh: '验收', en: 'accept' },
  'verb.rate': { zh: '打分', en: 'rate' },
  'verb.grade': { zh: '评定', en: 'grade' },
  'verb.setup': { zh: '设置', en: 'set up' },
  'verb.apply': { zh: '申报', en: 'apply' },
  'verb.review': { zh: '评审', en: 'review' },
  'verb.decide': { zh: '决定', en: 'decide' },
  'verb.object': { zh: '提出异议', en: 'object' },
  'verb.prepare': { zh: '经办', en: 'prepare' },
  'verb.approve': { zh: '审批', en: 'approve' },
  'verb.reconcile': { zh: '对账', en: 'reconcile' },
  'verb.reveal': { zh: '查看全文', en: 'see in full' },
  'verb.export': { zh: '导出', en: 'export' },
  'verb.config': { zh: '配置', en: 'configure' },
  'verb.keys': { zh: '密钥', en: 'keys' },
  'verb.recover': { zh: '恢复', en: 'recover' },
  'verb.decode': { zh: '解读', en: 'decode' },
});

/** What a permission allows, in words; one of a later version shows as its code. */
export function usePermissionName(): (permission: string) => string {
  const t = useTexts(texts);
  return (permission) => {
    const [first = '', second = ''] = permission.split('.');
    const area = texts.keys.find((it) => it === `area.${first}`);
    const verb = texts.keys.find((it) => it === `verb.${second}`);
    return area && verb ? t('both', { area: t(area), verb: t(verb) }) : permission;
  };
}
