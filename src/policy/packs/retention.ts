import type { PackDefinition } from '../model.ts';

const LAW = '个人信息保护法 19 条：期限为实现处理目的所必要的最短时间；月数为产品默认值（docs/sources.md 2.3）';

export const retention: PackDefinition<'retention'> = {
  residentMonths: {
    value: 36,
    unit: 'count',
    range: [1, 36],
    source: LAW,
    grade: 'A',
    label: { zh: '需求了结后，提出人的原话、联系方式和照片保留几个月', en: 'Months that words, contact and photographs of who raised a need are kept once it is settled' },
  },
  importMonths: {
    value: 36,
    unit: 'count',
    range: [1, 120],
    source: LAW,
    grade: 'A',
    label: { zh: '导入后，各行的摘要保留几个月', en: 'Months that the digests of imported rows are kept' },
  },
  networkMarkMonths: {
    value: 1,
    unit: 'count',
    range: [1, 6],
    source: LAW,
    grade: 'A',
    label: { zh: '公开表单的网络标记保留几个月', en: 'Months that the network marks of public forms are kept' },
  },
  sessionDays: {
    value: 30,
    unit: 'days',
    range: [1, 366],
    source: LAW,
    grade: 'A',
    label: { zh: '登录会话到期后保留几天', en: 'Days that sessions are kept after they have expired' },
  },
  draftDays: {
    value: 30,
    unit: 'days',
    range: [1, 366],
    source: LAW,
    grade: 'A',
    label: { zh: '未提交的草稿保留几天', en: 'Days that drafts are kept which are not sent' },
  },
  staffMonths: {
    value: 36,
    unit: 'count',
    range: [6, 180],
    source: LAW,
    grade: 'A',
    label: { zh: '工作人员离开后，姓名和电话保留几个月', en: 'Months that name and phone of staff are kept once they have left' },
  },
  auditMonths: {
    value: 36,
    unit: 'count',
    range: [6, 180],
    source: '网络安全法 21 条：网络日志留存不少于六个月；月数为产品默认值（docs/sources.md 2.3）',
    grade: 'A',
    label: { zh: '与资金无关的操作记录保留几个月', en: 'Months that rows of the record are kept which concern no money' },
  },
};
