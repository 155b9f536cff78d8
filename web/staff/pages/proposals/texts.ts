import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/proposals', {
  title: { zh: '方案', en: 'Proposals' },
  lead: { zh: '一个方案回应一条或几条需求；列入清单后才对接。', en: 'Each answers one or more needs; on the list it can be matched.' },
  new: { zh: '新建方案', en: 'New proposal' },
  number: { zh: '编号', en: 'Number' },
  name: { zh: '名称', en: 'Title' },
  category: { zh: '类别', en: 'Category' },
  community: { zh: '社区', en: 'Community' },
  budget: { zh: '预算', en: 'Budget' },
  needs: { zh: '需求', en: 'Needs' },
  period: { zh: '期间', en: 'Period' },
  state: { zh: '状态', en: 'State' },
  ready: { zh: '列入清单', en: 'Put on the list' },
  empty: { zh: '还没有方案', en: 'No proposals yet' },
  emptyWhy: { zh: '在“梳理 › 可合办”里把几条需求做成一个方案，或直接新建。', en: 'Make one of several needs under Triage › Bundles, or begin anew.' },
});
