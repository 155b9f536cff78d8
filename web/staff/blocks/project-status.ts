import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import type { Standing } from './status-tag.tsx';

const texts = defineTexts('staff/blocks/project-status', {
  'status.consent': { zh: '征求同意', en: 'Asking for consent' },
  'status.seeking': { zh: '寻找单位', en: 'Looking for a unit' },
  'status.offered': { zh: '待回应', en: 'Offered' },
  'status.listed': { zh: '待认领', en: 'Open to claim' },
  'status.claimed': { zh: '待签约', en: 'To be agreed' },
  'status.agreed': { zh: '待开工', en: 'To be started' },
  'status.implementing': { zh: '实施中', en: 'Under way' },
  'status.acceptance': { zh: '待验收', en: 'To be accepted' },
  'status.rectifying': { zh: '整改中', en: 'Being put right' },
  'status.accepted': { zh: '待评价', en: 'To be evaluated' },
  'status.evaluated': { zh: '待奖励', en: 'Award pending' },
  'status.rewarded': { zh: '待结项', en: 'To be closed' },
  'status.suspended': { zh: '已暂停', en: 'Suspended' },
  'status.cancelled': { zh: '已取消', en: 'Cancelled' },
  'status.closed': { zh: '已结项', en: 'Closed' },
});

export const PROJECT_STATUSES = [
  'consent',
  'seeking',
  'offered',
  'listed',
  'claimed',
  'agreed',
  'implementing',
  'acceptance',
  'rectifying',
  'accepted',
  'evaluated',
  'rewarded',
  'suspended',
  'closed',
  'cancelled',
] as const;

/** A status of a later version shows as its code. */
export function useProjectStatus(): (status: string) => string {
  const t = useTexts(texts);
  return (status) => {
    const key = texts.keys.find((it) => it === `status.${status}`);
    return key ? t(key) : status;
  };
}

export function standingOf({ status, late }: { readonly status: string; readonly late: boolean }): Standing {
  if (late) return 'late';
  if (status === 'suspended') return 'paused';
  return ['closed', 'rewarded'].includes(status) ? 'done' : 'others';
}
