import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/awards', {
  title: { zh: '以奖代补', en: 'Result-based awards' },
  lead: {
    zh: '评价良好以上的项目，可奖励社区或承办组织，用于项目延续。须两人批准并公示。',
    en: 'Projects graded good or better can earn their community or implementer an award to continue them: two approvals and a public notice.',
  },
  propose: { zh: '提出奖励', en: 'Propose an award' },
  project: { zh: '项目', en: 'Project' },
  recipient: { zh: '受奖方', en: 'Recipient' },
  amount: { zh: '金额', en: 'Amount' },
  status: { zh: '状态', en: 'Status' },
  approvals: { zh: '批准', en: 'Approvals' },
  due: { zh: '公示期', en: 'Notice ends' },
  proposed: { zh: '提出', en: 'Proposed' },
  empty: { zh: '还没有提出过奖励', en: 'No award was proposed yet' },
  emptyWhy: { zh: '项目评价之后，由项目管理员在这里提出，街道领导批准。', en: 'After a project is graded the manager proposes one here and leaders approve it.' },
  choose: { zh: '选择已评价的项目', en: 'Choose a graded project' },
  noProjects: { zh: '现在没有待奖励的已评价项目。', en: 'No graded project awaits an award now.' },
  chooseRecipient: { zh: '社区或承办组织', en: 'Community or implementer' },
  amountHint: { zh: '单位：元。上限按政策由系统核对。', en: 'In yuan. The system checks the ceiling by the policy.' },
  purpose: { zh: '专项用途', en: 'Earmarked for' },
  purposeHint: { zh: '写明延续项目做什么，只能用于此。', en: 'What the money continues; it may be used for nothing else.' },
  missing: { zh: '请填写：{{what}}', en: 'Please give: {{what}}' },
  badAmount: { zh: '金额须为大于0的数，最多两位小数', en: 'The amount must be above 0, with at most two decimals' },
  doPropose: { zh: '提交批准', en: 'Hand in for approval' },
  done: { zh: '已提出，等待两人批准', en: 'Proposed; two approvals follow' },
});
