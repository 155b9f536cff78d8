import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';

const texts = defineTexts('staff/blocks/case-kinds', {
  'kind.microProject': { zh: '微项目', en: 'Micro-project' },
  'kind.quarterCycle': { zh: '季度', en: 'Quarter' },
  'kind.matchingRun': { zh: '精准对接', en: 'Matching' },
  'kind.resultBasedAward': { zh: '以奖代补', en: 'Result-based award' },
  'kind.needsSurvey': { zh: '需求摸底', en: 'Needs survey' },
  'kind.rightsRequest': { zh: '个人信息申请', en: 'Request about own data' },
});

export const CASE_KINDS = ['microProject', 'quarterCycle', 'matchingRun', 'resultBasedAward', 'needsSurvey', 'rightsRequest'] as const;

/** A kind of a later version shows as its code. */
export function useKindName(): (kind: string) => string {
  const t = useTexts(texts);
  return (kind) => {
    const key = texts.keys.find((it) => it === `kind.${kind}`);
    return key ? t(key) : kind;
  };
}
