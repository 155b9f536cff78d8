import { useEffect, useRef, useState } from 'react';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { timeOf } from '../../shared/format/time.ts';
import { fits } from '../../shared/live/fitting.ts';
import { followChanges, type Changes } from '../../shared/live/follow.ts';
import { refreshWhatFits } from '../../shared/live/refresh.ts';
import { beginRound } from '../../shared/live/rounds.ts';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import styles from './shell.module.css';

const texts = defineTexts('staff/shell/live', {
  lost: { zh: '连接中断，显示{{time}}的数据', en: 'No connection; this is as of {{time}}' },
  updated: { zh: '本页有{{count}}处更新', en: { one: '{{count}} update on this page', other: '{{count}} updates on this page' } },
});

/** However much changes, what is shown is read anew no more often, so that a busy hour does not become a flood of questions. */
const ROUND_MS = 700;
const ANNOUNCE_MS = 10_000;

/** Once, in the shell: what others change is read anew while it is shown; says so when it cannot be known. */
export function Live() {
  const t = useTexts(texts);
  const queries = useQueryClient();
  const [lostSince, setLostSince] = useState<number>();
  const [announced, announce] = useAnnouncements();

  useEffect(() => {
    const ending = new AbortController();
    const rounds = new Rounds(queries, announce);
    const heard = (changes: Changes): void => {
      setLostSince(undefined);
      rounds.add(changes);
    };
    void followChanges({ heard, lost: setLostSince }, ending.signal);
    return () => ending.abort();
  }, [queries, announce]);

  return (
    <>
      <div role="status" className="no-print">
        {lostSince !== undefined && (
          <p className={styles['lost']}>
            <span aria-hidden="true">⚠ </span>
            {t('lost', { time: timeOf(new Date(lostSince).toISOString()) })}
          </p>
        )}
      </div>
      <p role="status" className="hidden-text">
        {announced > 0 && t('updated', { count: announced })}
      </p>
    </>
  );
}

/** Changes are gathered while the last ones are still being read. */
class Rounds {
  readonly #queries: QueryClient;
  readonly #onShown: (changes: number) => void;
  #waiting: Pick<Changes, 'items' | 'isReset'> = { items: [], isReset: false };
  #isRunning = false;

  constructor(queries: QueryClient, onShown: (changes: number) => void) {
    this.#queries = queries;
    this.#onShown = onShown;
  }

  add({ items, isReset }: Changes): void {
    this.#waiting = { items: [...this.#waiting.items, ...items], isReset: this.#waiting.isReset || isReset };
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.isReset || this.#waiting.items.length > 0) {
      const changes = this.#waiting;
      this.#waiting = { items: [], isReset: false };
      if (this.#queries.getQueryCache().findAll({ predicate: ({ queryKey }) => fits(queryKey, changes), type: 'active' }).length > 0) {
        beginRound('others');
        this.#onShown(Math.max(1, changes.items.length));
      }
      await Promise.all([refreshWhatFits(this.#queries, changes), new Promise((resolve) => setTimeout(resolve, ROUND_MS))]);
    }
    this.#isRunning = false;
  }
}

/** The number to announce, and what adds to it: said at once, then at most every ten seconds. */
function useAnnouncements(): readonly [number, (changes: number) => void] {
  const [announced, setAnnounced] = useState(0);
  const waiting = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [announce] = useState(() => {
    const say = (): void => {
      timer.current = undefined;
      setAnnounced(waiting.current);
      if (waiting.current === 0) return;
      waiting.current = 0;
      timer.current = setTimeout(say, ANNOUNCE_MS);
    };
    return (changes: number): void => {
      waiting.current += changes;
      if (timer.current === undefined) say();
    };
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return [announced, announce];
}
