import { useTexts, type Say } from '../texts/use-texts.ts';
import { NETWORK, UNREADABLE, type Problem } from './problem.ts';
import { texts } from './texts.ts';

type Key = (typeof texts)['keys'][number];

export interface ProblemWords {
  readonly heading: string;
  readonly detail: string;
  readonly retry: string;
  readonly requestId: string;
}

/** How a refusal is told, the same in both entries. */
export function useProblemWords(problem: Problem | undefined): ProblemWords | undefined {
  const t = useTexts(texts);
  if (!problem) return undefined;
  return { heading: headingOf(problem, t), detail: detailOf(problem, t), retry: t('retry'), requestId: t('requestId') };
}

function headingOf(problem: Problem, t: Say<Key>): string {
  return problem.isOpen ? t('unavailable') : problem.document.title || t('refused');
}

function detailOf({ code, status, document }: Problem, t: Say<Key>): string {
  if (code === NETWORK) return t('network');
  if (code === UNREADABLE) return t('unreadable');
  if (status === 503) return t('open');
  if (status === 412) return t('stale');
  return document.detail;
}
