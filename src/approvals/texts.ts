import type { Texts } from '../kernel/texts.ts';

export const texts = {
  'error.APPROVALS_NEEDED_INVALID': { zh: '审批人数须为正整数。', en: 'The number of approvals must be at least one.' },
  'error.APPROVALS_NOT_OPEN': { zh: '目前没有待审批的事项。', en: 'No approval is being asked for.' },
  'error.APPROVALS_DIGEST_CHANGED': {
    zh: '内容已变更，原审批失效，请重新查看后审批。',
    en: 'The content has changed since; please look at it again before approving.',
  },
  'error.APPROVALS_PREPARER': { zh: '经办人不能审批自己经办的事项。', en: 'Whoever prepared it cannot approve it.' },
  'error.APPROVALS_TWICE': { zh: '您已审批过，须由另一人审批。', en: 'You have approved already; another person must.' },
  'error.APPROVALS_COMPLETE': { zh: '审批已完成。', en: 'All approvals have been given.' },
} as const satisfies Texts;
