import { useMemo } from 'react';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import type { Schemas } from '../me.ts';
import type { Standing } from './status-tag.tsx';

const texts = defineTexts('staff/blocks/needs-words', {
  'category.elderly': { zh: '一老', en: 'The elderly' },
  'category.children': { zh: '一小', en: 'Children' },
  'category.dining': { zh: '吃', en: 'Dining' },
  'category.housing': { zh: '住', en: 'Housing' },
  'category.mobility': { zh: '行', en: 'Getting about' },
  'category.medical': { zh: '医', en: 'Medical' },
  'category.education': { zh: '育', en: 'Education' },
  'category.care': { zh: '护', en: 'Care' },
  'category.environment': { zh: '环境', en: 'Environment' },
  'category.safety': { zh: '安全', en: 'Safety' },
  'category.culture': { zh: '文体', en: 'Culture and sport' },
  'category.employment': { zh: '就业', en: 'Employment' },
  'category.governance': { zh: '治理', en: 'Governance' },
  'category.other': { zh: '其他', en: 'Other' },
  'urgency.routine': { zh: '一般', en: 'Routine' },
  'urgency.soon': { zh: '较急', en: 'Soon' },
  'urgency.urgent': { zh: '紧急', en: 'Urgent' },
  'channel.form': { zh: '线上表单', en: 'Online form' },
  'channel.resident': { zh: '居民反映', en: 'Resident' },
  'channel.visit': { zh: '入户走访', en: 'Home visit' },
  'channel.meeting': { zh: '坝坝会', en: 'Residents’ meeting' },
  'channel.hotline': { zh: '热线', en: 'Hotline' },
  'channel.gridWorker': { zh: '网格员', en: 'Grid worker' },
  'channel.case': { zh: '吹哨工单', en: 'Case order' },
  'channel.other': { zh: '其他', en: 'Other' },
  'need.raised': { zh: '待梳理', en: 'To be triaged' },
  'need.asked': { zh: '待补充', en: 'To be added to' },
  'need.triaged': { zh: '已梳理', en: 'Triaged' },
  'need.listed': { zh: '已入单', en: 'Listed' },
  'need.answered': { zh: '已回应', en: 'Answered' },
  'need.closed': { zh: '已办结', en: 'Closed' },
  'need.merged': { zh: '已合并', en: 'Merged' },
  'need.withdrawn': { zh: '已撤回', en: 'Withdrawn' },
  'need.leftOut': { zh: '不列入', en: 'Not taken up' },
  'proposal.draft': { zh: '草稿', en: 'Draft' },
  'proposal.ready': { zh: '待对接', en: 'Ready' },
  'proposal.matched': { zh: '已对接', en: 'Matched' },
  'offer.open': { zh: '可提供', en: 'Open' },
  'offer.withdrawn': { zh: '已撤回', en: 'Withdrawn' },
  'consent.form': { zh: '线上同意', en: 'Online' },
  'consent.paper': { zh: '书面同意', en: 'On paper' },
  'consent.oral': { zh: '口头同意', en: 'Orally' },
});

export const CATEGORIES = [
  'elderly',
  'children',
  'dining',
  'housing',
  'mobility',
  'medical',
  'education',
  'care',
  'environment',
  'safety',
  'culture',
  'employment',
  'governance',
  'other',
] as const satisfies readonly Schemas['Category'][];

export const URGENCIES = ['routine', 'soon', 'urgent'] as const satisfies readonly Schemas['Need']['urgency'][];
export const CHANNELS = ['form', 'resident', 'visit', 'meeting', 'hotline', 'gridWorker', 'case', 'other'] as const satisfies readonly Schemas['Need']['channel'][];
/** Where staff hear of a need. */
export const HEARD = ['visit', 'meeting', 'hotline', 'gridWorker', 'resident', 'case', 'other'] as const satisfies readonly Schemas['StaffNeedBody']['heard'][];
export const NEED_STATES = ['raised', 'asked', 'triaged', 'listed', 'answered', 'closed', 'merged', 'withdrawn', 'leftOut'] as const satisfies readonly Schemas['Need']['state'][];
export const PROPOSAL_STATES = ['draft', 'ready', 'matched'] as const satisfies readonly Schemas['Proposal']['state'][];
export const OFFER_STATES = ['open', 'withdrawn'] as const satisfies readonly Schemas['Offer']['state'][];
export const CONSENTS = ['paper', 'oral', 'form'] as const;

const KEYS = {
  category: (code: string) => `category.${code}`,
  urgency: (code: string) => `urgency.${code}`,
  channel: (code: string) => `channel.${code}`,
  need: (code: string) => `need.${code}`,
  proposal: (code: string) => `proposal.${code}`,
  offer: (code: string) => `offer.${code}`,
  consent: (code: string) => `consent.${code}`,
};
type Kind = keyof typeof KEYS;

/** How the lists name what is a code in the API; a code of a later version shows as it is. */
export function useNeedsWords(): (kind: Kind, code: string) => string {
  const t = useTexts(texts);
  return useMemo(
    () => (kind, code) => {
      const key = texts.keys.find((it) => it === KEYS[kind](code));
      return key ? t(key) : code;
    },
    [t],
  );
}

/** For a choice or a filter. */
export function useOptions<Code extends string>(kind: Kind, codes: readonly Code[]): readonly { readonly value: Code; readonly label: string }[] {
  const words = useNeedsWords();
  return useMemo(() => codes.map((value) => ({ value, label: words(kind, value) })), [words, kind, codes]);
}

const NEED_STANDINGS: Readonly<Record<Schemas['Need']['state'], Standing>> = {
  raised: 'mine',
  asked: 'others',
  triaged: 'soon',
  listed: 'others',
  answered: 'soon',
  closed: 'done',
  merged: 'paused',
  withdrawn: 'paused',
  leftOut: 'paused',
};

export const standingOfNeed = (state: Schemas['Need']['state']): Standing => NEED_STANDINGS[state];

const PROPOSAL_STANDINGS: Readonly<Record<Schemas['Proposal']['state'], Standing>> = { draft: 'mine', ready: 'others', matched: 'done' };

export const standingOfProposal = (state: Schemas['Proposal']['state']): Standing => PROPOSAL_STANDINGS[state];
