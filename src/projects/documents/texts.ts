import type { Texts } from '../../kernel/texts.ts';

/** Wording of letters and agreements: a sample that the office may edit in the DOCX. */
export const texts = {
  'projects.document.number': { zh: '项目编号', en: 'Number' },
  'projects.document.title': { zh: '项目名称', en: 'Micro-project' },
  'projects.document.community': { zh: '所在社区', en: 'Community' },
  'projects.document.lead': { zh: '领办单位', en: 'Lead unit' },
  'projects.document.budget': { zh: '项目预算', en: 'Budget' },
  'projects.document.funder': { zh: '出资单位', en: 'Funder' },
  'projects.document.book': { zh: '形式', en: 'Kind' },
  'projects.document.amount': { zh: '认诺数额', en: 'Promised' },
  'projects.document.book.money': { zh: '资金', en: 'Money' },
  'projects.document.book.inKind': { zh: '实物（折价）', en: 'Goods (value)' },
  'projects.document.book.hours': { zh: '服务', en: 'Service' },
  'projects.document.hours': { zh: '{hours} 小时', en: '{hours} hours' },
  'projects.document.yuan': { zh: '{amount} 元', en: 'CNY {amount}' },
  'projects.document.inCapitals': { zh: '{capitals}（¥{amount}）', en: 'CNY {amount} ({capitals})' },
  'projects.document.sealed': { zh: '{name}（盖章）', en: '{name} (seal)' },
  'projects.document.signed': { zh: '代表（签字）：', en: 'Signed for it:' },
  'projects.document.date': { zh: '　　　　年　　月　　日', en: 'Date:' },

  'projects.claimLetter.name': { zh: '认领函', en: 'Claim letter' },
  'projects.claimLetter.title': { zh: '关于认领“{title}”微项目的函', en: 'Claim of the micro-project “{title}”' },
  'projects.claimLetter.to': { zh: '{community}：', en: 'To {community}' },
  'projects.claimLetter.opening': {
    zh: '为推进社区共建，经研究，{lead}自愿认领贵社区微项目“{title}”（编号{number}），并担任领办单位。现将有关事项函告如下。',
    en: 'To further co-building in the community, {lead} claims the micro-project “{title}” (number {number}) of its own will and takes the lead in it.',
  },
  'projects.claimLetter.project': { zh: '一、项目概况', en: '1. The project' },
  'projects.claimLetter.promises': { zh: '二、认领承诺', en: '2. What we promise' },
  'projects.claimLetter.agree': {
    zh: '（一）在规定期限内与贵社区签订协议，明确资金、分工和进度。',
    en: '(1) To sign an agreement on money, duties and time within the time allowed.',
  },
  'projects.claimLetter.report': {
    zh: '（二）按季度如实报告进展、投入和成效，接受居民评价和社区验收。',
    en: '(2) To report truthfully every quarter, and to be rated by residents and accepted by the community.',
  },
  'projects.claimLetter.withdraw': {
    zh: '（三）因故不能继续实施的，及时书面说明理由，如实移交已到位的资金和已完成的工作。',
    en: '(3) If we cannot go on, to say why in writing at once, and to hand over what was paid and done.',
  },
  'projects.claimLetter.closing': { zh: '特此函告。', en: 'Please take note.' },

  'projects.agreement.name': { zh: '共建协议', en: 'Agreement' },
  'projects.agreement.title': { zh: '“{title}”微项目共建协议', en: 'Agreement on the micro-project “{title}”' },
  'projects.agreement.three': { zh: '（三方协议）', en: '(three parties)' },
  'projects.agreement.party.community': { zh: '甲方（社区）', en: 'Party A (community)' },
  'projects.agreement.party.lead': { zh: '乙方（领办单位）', en: 'Party B (lead unit)' },
  'projects.agreement.party.implementer': { zh: '丙方（实施单位）', en: 'Party C (implementer)' },
  'projects.agreement.opening': {
    zh: '为做好“{title}”微项目（编号{number}），各方经平等协商，订立本协议。',
    en: 'For the micro-project “{title}” (number {number}) the parties have agreed as follows.',
  },
  'projects.agreement.content': { zh: '一、项目内容', en: '1. The project' },
  'projects.agreement.content.text': {
    zh: '项目在{community}实施，由{lead}领办，由{implementer}组织实施，回应居民需求，成果归社区居民共享。',
    en: 'The project is for {community}; {lead} takes the lead and {implementer} carries it out. What comes of it is for all residents.',
  },
  'projects.agreement.money': { zh: '二、资金与资源', en: '2. Money and resources' },
  'projects.agreement.money.text': {
    zh: '项目预算为{amount}。资金和物资专项用于本项目，以甲方核实到账的数额为准。',
    en: 'The budget is {amount}. Money and goods are for this project alone; what counts is what Party A has verified.',
  },
  'projects.agreement.duties': { zh: '三、各方职责', en: '3. Duties' },
  'projects.agreement.duties.community': {
    zh: '（一）甲方协调场地和居民，核实到账资金和物资，组织验收，公开项目进展和结果。',
    en: '(1) Party A arranges for places and residents, verifies what arrives, accepts the work and publishes how it goes on.',
  },
  'projects.agreement.duties.lead': {
    zh: '（二）乙方对项目负总责，按约定落实资金和资源，按季度报告进展、投入和成效。',
    en: '(2) Party B answers for the project, provides what was promised and reports every quarter.',
  },
  'projects.agreement.duties.implementer': {
    zh: '（三）丙方按约定组织实施，保证质量和安全，据实列支，留存票据和影像资料备查。',
    en: '(3) Party C carries the work out well and safely, spends for it alone and keeps vouchers and pictures.',
  },
  'projects.agreement.reports': { zh: '四、进度与报告', en: '4. Reports' },
  'projects.agreement.reports.text': {
    zh: '每季度结束后，乙方在联席会议召开前提交季度报告，由甲方审阅；逾期的列入补报。',
    en: 'After each quarter Party B reports before the joint meeting; Party A reviews the report. Late ones go to the addendum.',
  },
  'projects.agreement.acceptance': { zh: '五、验收与评价', en: '5. Acceptance and rating' },
  'projects.agreement.acceptance.text': {
    zh: '项目完成后由甲方验收。验收不合格的限期整改一次。验收合格后开展居民满意度评价和综合评价。',
    en: 'Finished work is accepted by Party A; what fails is put right once, within a set time. Then residents rate it and it is evaluated.',
  },
  'projects.agreement.leaving': { zh: '六、变更与退出', en: '6. Change and withdrawal' },
  'projects.agreement.leaving.text': {
    zh: '变更协议须经各方书面同意。乙方因故退出的，应书面说明理由；未支付的资金停止支付，已完成的工作和已到位的资源如实移交。',
    en: 'Changes need the written consent of all. If Party B withdraws, it says why in writing; open payments stop, and what was done and delivered is handed over.',
  },
  'projects.agreement.terms': { zh: '七、补充约定', en: '7. Further terms' },
  'projects.agreement.noTerms': { zh: '无。', en: 'None.' },
  'projects.agreement.end': { zh: '八、其他', en: '8. Other matters' },
  'projects.agreement.end.text': {
    zh: '本协议一式{copies}份，各方各执一份，自各方签字盖章之日起生效。',
    en: 'There are {copies} copies, one for each party. The agreement holds from the day on which all have signed and sealed it.',
  },
  'projects.agreement.sample': {
    zh: '本文本为示范文本，可在 DOCX 中修改后使用；以各方签字盖章的文本为准。',
    en: 'A sample text, to be edited in the DOCX. What the parties have signed and sealed is what holds.',
  },
} as const satisfies Texts;
