import type { Texts } from '../kernel/texts.ts';

export const texts = {
  'error.PROJECT_UNKNOWN': { zh: '没有这个项目。', en: 'There is no such project.' },
  'error.PROJECT_STATE': {
    zh: '项目现在处于“{status}”阶段，不能进行这一步。',
    en: 'The project is “{status}” now; this step is not possible.',
  },
  'error.PROJECT_OPEN_ALREADY': { zh: '项目已经建立。', en: 'The project is open already.' },
  'error.PROJECT_NEEDS_MISSING': { zh: '项目至少要对应一项需求。', en: 'A project must answer at least one need.' },
  'error.PROJECT_BUDGET_CAP': {
    zh: '预算 {budgetFen} 分超过上限 {budgetCapFen} 分，或不是正数。',
    en: 'The budget of {budgetFen} fen is above the cap of {budgetCapFen} fen, or not positive.',
  },
  'error.PROJECT_UNIT_PASSED': {
    zh: '该单位已谢绝、逾期或退出，不再邀请。',
    en: 'This unit declined, let it lapse or withdrew; it is not asked again.',
  },
  'error.PROJECT_OFFERED_TO_OTHER': {
    zh: '该项目正在等另一单位答复。可共同出资，或看相近项目。',
    en: 'The project is offered to another unit. You can co-fund it, or look at similar ones.',
  },
  'error.PROJECT_CLAIM_WINDOW_OPEN': {
    zh: '公开认领期未满，期满后可由联席会议指派。',
    en: 'The claim window is still open; the meeting may assign afterwards.',
  },
  'error.PROJECT_CLAIM_LIMIT': {
    zh: '该单位已有 {held} 个在办项目，上限 {limit} 个。',
    en: 'The unit holds {held} projects; the limit is {limit}.',
  },
  'error.PROJECT_NOT_LEAD': { zh: '只有领办单位可以这样做。', en: 'Only the lead unit may do this.' },
  'error.PROJECT_UNIT_FOREIGN': { zh: '您不代表这个单位。', en: 'You do not act for this unit.' },
  'error.PROJECT_ELSEWHERE': { zh: '项目不在您负责的社区。', en: 'The project is outside your area.' },
  'error.PROJECT_CONSENT_IMPOSSIBLE': {
    zh: '同意的不能多于参与表决的，参与表决的不能多于征询的。',
    en: 'More agreed than voted, or more voted than were asked.',
  },
  'error.PROJECT_CONSENT_TURNOUT': {
    zh: '参与表决的业主不足：征询 {asked}，参与 {voted}。人数与面积须分别达到要求。',
    en: 'Too few owners voted: {voted} of {asked}. Heads and area must each reach the share.',
  },
  'error.PROJECT_CONSENT_SHORT': {
    zh: '同意的比例不足：参与表决 {voted}，同意 {agreed}。人数与面积须分别达到要求。',
    en: 'Too few agree: {agreed} of {voted}. Heads and area must each reach the share.',
  },
  'error.PROJECT_REPORTS_OPEN': {
    zh: '还有 {count} 份季度报告待审，审完后再申请验收。',
    en: '{count} quarterly reports still wait for review; ask for acceptance afterwards.',
  },
  'error.PROJECT_RECTIFIED_ONCE': { zh: '整改只有一次，已经用过。', en: 'There is one rectification only; it was used.' },
  'error.PROJECT_FUNDING_CLOSED': {
    zh: '项目处于“{status}”阶段，现在不能登记出资。',
    en: 'The project is “{status}”; contributions cannot be entered now.',
  },
  'error.PROJECT_COFUNDING_OFF': {
    zh: '按现行规则，只有领办单位可以出资。',
    en: 'By the policy in force for this project, only its lead unit may pledge.',
  },
  'error.REPORT_EXISTS': {
    zh: '{quarter} 的报告已是“{status}”。',
    en: 'The report of {quarter} is “{status}” already.',
  },
  'error.REPORT_NOT_SUBMITTED': { zh: '{quarter} 的报告尚未提交。', en: 'The report of {quarter} was not submitted.' },
  'error.REPORT_NEED_FOREIGN': {
    zh: '有 {count} 项需求不属于本项目。',
    en: '{count} of the needs do not belong to this project.',
  },
  'error.REPORT_NEED_TWICE': { zh: '同一需求填写了两次。', en: 'A need is named twice.' },
  'error.REPORT_NUMBER_NEGATIVE': { zh: '人次和金额不能为负。', en: 'People and amounts cannot be negative.' },
  'projects.wait.expireOffer': { zh: '到期视为谢绝，邀请下一单位。', en: 'The offer lapses and the next unit is asked.' },
  'projects.wait.lapseClaim': { zh: '到期未签约，认领失效，另请单位。', en: 'Without an agreement the claim lapses.' },
  'error.PROJECT_CALENDAR_KNOWN': {
    zh: '项目的期限已按现行日历计算。',
    en: 'The dates of the project stand on this calendar already.',
  },
  'projects.wait.start': {
    zh: '协议约定即日开工的自动启动，其余由领办单位确认开工。',
    en: 'It starts by itself if the agreement says so; otherwise when the unit says it does.',
  },
  'projects.wait.markLate': { zh: '到期标记逾期，并告知管理员。', en: 'It is marked late and the manager is told.' },
  'projects.wait.close': { zh: '系统自动办结。', en: 'The system closes it.' },
  'projects.told.offered': { zh: '请答复项目 {number} 的认领邀请。', en: 'Please answer the offer of project {number}.' },
  'projects.told.offerExpired': { zh: '项目 {number} 的邀请已到期。', en: 'The offer of project {number} has lapsed.' },
  'projects.told.offerDeclined': { zh: '项目 {number} 的邀请被谢绝。', en: 'The offer of project {number} was declined.' },
  'projects.told.claimed': { zh: '项目 {number} 已被认领。', en: 'Project {number} was claimed.' },
  'projects.told.assigned': { zh: '联席会议将项目 {number} 指派给贵单位。', en: 'The meeting assigned project {number} to you.' },
  'projects.told.claimLapsed': { zh: '项目 {number} 未按期签约，认领失效。', en: 'The claim of project {number} has lapsed.' },
  'projects.told.withdrawn': { zh: '项目 {number} 的领办单位退出，正在另请单位。', en: 'The lead of project {number} withdrew; the next is being asked.' },
  'projects.told.reportSubmitted': { zh: '项目 {number} 提交了 {quarter} 报告，请审阅。', en: 'Project {number} reported on {quarter}; please review.' },
  'projects.told.reportReturned': { zh: '项目 {number} 的 {quarter} 报告需要补充。', en: 'The report on {quarter} of project {number} needs more.' },
  'projects.told.acceptanceRequested': { zh: '项目 {number} 申请验收。', en: 'Project {number} asks for acceptance.' },
  'projects.told.rectificationRequired': { zh: '项目 {number} 需要整改。', en: 'Project {number} must be put right.' },
  'projects.told.accepted': { zh: '项目 {number} 通过验收。', en: 'Project {number} was accepted.' },
  'projects.told.evaluated': { zh: '项目 {number} 评价等次：{grade}。', en: 'Project {number} was graded: {grade}.' },
  'projects.told.rewarded': { zh: '项目 {number} 获以奖代补 {awardFen} 分。', en: 'Project {number} is awarded {awardFen} fen.' },
  'projects.told.suspended': { zh: '项目 {number} 暂停。', en: 'Project {number} is suspended.' },
  'projects.told.resumed': { zh: '项目 {number} 恢复。', en: 'Project {number} goes on.' },
  'projects.told.cancelled': { zh: '项目 {number} 取消。', en: 'Project {number} is cancelled.' },
  'projects.told.waitLate': { zh: '项目 {number} 有一步逾期：{wait}。', en: 'A step of project {number} is late: {wait}.' },
} as const satisfies Texts;
