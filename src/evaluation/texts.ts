import type { Texts } from '../kernel/texts.ts';

export const texts = {
  'error.EVALUATION_ELSEWHERE': { zh: '该项目不在您的管理范围内。', en: 'This project is not in your area.' },
  'error.EVALUATION_MARK_INVALID': { zh: '各项得分率须为 0 至 100 的整数。', en: 'Marks are whole percents from 0 to 100.' },
  'error.EVALUATION_NOT_DUE': { zh: '项目验收通过后才能评价。', en: 'A project is evaluated once it has been accepted.' },
  'error.EVALUATION_UNRATED': {
    zh: '评价人数不足 {needed} 人，且没有其他评分项，无法评定。',
    en: 'Fewer than {needed} residents have rated and nothing else counts, so there is no score.',
  },
  'error.RATING_CODE_UNKNOWN': { zh: '评价码无效，请核对后重新输入。', en: 'This code is not valid; please check it.' },
  'error.RATING_CODE_USED': { zh: '该评价码已使用，每码只能评价一次。', en: 'This code has been used; each code counts once.' },
  'error.RATING_CODE_EXPIRED': { zh: '该评价码已过有效期。', en: 'This code has expired.' },
  'error.RATING_CODE_UNREADABLE': {
    zh: '这批评价码已无法再次显示，请重新发放。',
    en: 'These codes can no longer be shown; please issue new ones.',
  },
  'error.AWARD_UNKNOWN': { zh: '没有这项奖补。', en: 'There is no such award.' },
  'error.AWARD_STATE': { zh: '当前状态下不能进行此操作。', en: 'This is not possible in the present state of the award.' },
  'error.AWARD_CALENDAR_KNOWN': {
    zh: '日期已按这一版日历计算，或没有待定的日期。',
    en: 'The dates were counted on this calendar already, or none is open.',
  },
  'error.AWARD_EXISTS': { zh: '该项目已有奖补在办理或已授予。', en: 'The project already has an award.' },
  'error.AWARD_NOT_GRADED': { zh: '项目尚未评定等次。', en: 'The project has no grade yet.' },
  'error.AWARD_RECIPIENT': {
    zh: '奖补只能给予本项目所在社区或承接的社会组织，不得给予机关单位和个人。',
    en: 'An award goes to the project’s community or its implementing social organisation, never to a government body or a person.',
  },
  'error.AWARD_GRADE': { zh: '项目等次未达到奖补要求。', en: 'The grade is too low for an award.' },
  'error.AWARD_CEILING': {
    zh: '奖补金额超过上限（{ceilingFen} 分）。',
    en: 'The amount exceeds what the result can earn ({ceilingFen} fen).',
  },

  'evaluation.criterion.completion': { zh: '完成情况', en: 'Completion' },
  'evaluation.criterion.quality': { zh: '服务质量', en: 'Quality' },
  'evaluation.criterion.satisfaction': { zh: '群众满意度', en: 'Residents’ satisfaction' },
  'evaluation.criterion.finance': { zh: '财务规范', en: 'Finance' },
  'evaluation.criterion.sustainability': { zh: '可持续性', en: 'Sustainability' },
  'evaluation.grade.excellent': { zh: '优秀', en: 'Excellent' },
  'evaluation.grade.good': { zh: '良好', en: 'Good' },
  'evaluation.grade.pass': { zh: '合格', en: 'Pass' },
  'evaluation.grade.fail': { zh: '不合格', en: 'Fail' },
  'evaluation.satisfaction.notShown': {
    zh: '评价人数不足，满意度不公布，其分值已分摊至其他各项。',
    en: 'Too few residents have rated: satisfaction is not shown, and its points are spread over the other criteria.',
  },

  'evaluation.award.wait.approval': { zh: '无人审批则不予奖补。', en: 'Without approval there is no award.' },
  'evaluation.award.wait.notice': { zh: '公示期满无异议即授予。', en: 'Granted when the notice ends without an objection.' },
  'evaluation.award.wait.objection': { zh: '异议答复前暂停授予。', en: 'Nothing is granted until the objection is answered.' },

  'evaluation.award.status.proposed': { zh: '待审批', en: 'Waiting for approval' },
  'evaluation.award.status.noticed': { zh: '公示中', en: 'Public notice' },
  'evaluation.award.status.objected': { zh: '有异议', en: 'Objection open' },
  'evaluation.award.status.granted': { zh: '已授予', en: 'Granted' },
  'evaluation.award.status.refused': { zh: '未通过', en: 'Refused' },
  'evaluation.award.status.withdrawn': { zh: '已撤回', en: 'Withdrawn' },

  'evaluation.award.proposed': { zh: '有一项以奖代补待审批（{amountFen} 分）。', en: 'A result-based award of {amountFen} fen is waiting for approval.' },
  'evaluation.award.refused': { zh: '一项以奖代补未获批准。', en: 'A result-based award was refused.' },
  'evaluation.award.withdrawn': { zh: '一项以奖代补已撤回。', en: 'A result-based award was withdrawn.' },
  'evaluation.award.objected': { zh: '一项公示中的以奖代补收到异议，请书面答复。', en: 'An objection was made to an award in public notice; please answer it in writing.' },
  'evaluation.award.objectionUpheld': { zh: '异议成立，该项以奖代补不予授予。', en: 'The objection was upheld; the award is not granted.' },
  'evaluation.award.granted': { zh: '以奖代补已授予（{amountFen} 分），用于项目延续。', en: 'A result-based award of {amountFen} fen was granted to continue the project.' },
} as const satisfies Texts;
