import type { ReactNode } from 'react';
import { dateAndTime, shortDay } from '../format/time.ts';
import { defineTexts } from '../texts/i18n.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import styles from './stage-view.module.css';

const texts = defineTexts('shared/stage-view', {
  heading: { zh: '办到哪一步', en: 'Where it is' },
  'state.done': { zh: '已完成', en: 'Done' },
  'state.current': { zh: '进行中', en: 'Under way' },
  'state.ahead': { zh: '未开始', en: 'Not begun' },
  'state.skipped': { zh: '不需要', en: 'Left out' },
  estimated: { zh: '预计{{day}}', en: 'expected {{day}}' },
  earlier: { zh: '已完成{{count}}步', en: { one: '{{count}} step done', other: '{{count}} steps done' } },
  also: { zh: '同时在等', en: 'Also awaited' },
  history: { zh: '经过', en: 'History' },
});

/** As the API tells it, in the reader's language (`src/cases/stage`). */
export interface Stage {
  readonly sentence: string;
  readonly turn: string;
  readonly late: boolean;
  readonly otherwise: string | null;
  readonly also: readonly string[];
  readonly steps: readonly StageStep[];
  readonly history: readonly { readonly at: string; readonly text: string; readonly by: string | null }[];
}

interface StageStep {
  readonly key: string;
  readonly label: string;
  readonly state: 'done' | 'current' | 'ahead' | 'skipped';
  readonly on: string | null;
  readonly estimated: string | null;
  readonly count: { readonly done: number; readonly of: number } | null;
  readonly note: string | null;
  readonly side: readonly { readonly key: string; readonly text: string }[];
}

const GLYPHS = { done: '✓', current: '●', ahead: '○', skipped: '–' } as const;
const MOST_STEPS = 7;
const KEPT_DONE = 1;

/** The sentence first, the rail second, the history behind a door. `action`: what the reader may do now. */
export function StageView({ stage, action }: { readonly stage: Stage; readonly action?: ReactNode }) {
  const t = useTexts(texts);
  const folded = foldedCount(stage.steps);
  return (
    <section className={styles['stage']} aria-label={t('heading')} data-turn={stage.turn} data-late={stage.late}>
      <div className={styles['words']}>
        <p className={styles['sentence']}>{stage.sentence}</p>
        {stage.otherwise !== null && <p className={styles['otherwise']}>{stage.otherwise}</p>}
        {stage.also.length > 0 && (
          <p className={styles['otherwise']}>
            {t('also')}: {stage.also.join('；')}
          </p>
        )}
        {action}
      </div>
      {folded > 0 && (
        <details className={styles['earlier']}>
          <summary>{t('earlier', { count: folded })}</summary>
          <Rail steps={stage.steps.slice(0, folded)} />
        </details>
      )}
      <Rail steps={stage.steps.slice(folded)} />
      {stage.history.length > 0 && (
        <details>
          <summary>{t('history')}</summary>
          <ol className={styles['history']} reversed>
            {[...stage.history].reverse().map(({ at, text, by }) => (
              <li key={at + text}>
                <time dateTime={at}>{dateAndTime(at)}</time> {text}
                {by !== null && <span className={styles['by']}> · {by}</span>}
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

/** Of more than seven steps those done long ago are told as a number. */
function foldedCount(steps: readonly StageStep[]): number {
  if (steps.length <= MOST_STEPS) return 0;
  const done = steps.findIndex(({ state }) => state === 'current' || state === 'ahead');
  return Math.max(0, (done < 0 ? steps.length : done) - KEPT_DONE);
}

function Rail({ steps }: { readonly steps: readonly StageStep[] }) {
  const t = useTexts(texts);
  const language = useLanguage();
  return (
    <ol className={styles['rail']}>
      {steps.map(({ key, label, state, on, estimated, count, note, side }) => (
        <li key={key} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
          <span className={styles['glyph']} aria-hidden="true">
            {GLYPHS[state]}
          </span>
          <span className={styles['label']}>
            <span className="hidden-text">{t(`state.${state}`)} </span>
            {label}
            {count !== null && ` ${count.done}/${count.of}`}
          </span>
          {on !== null && <time dateTime={on}>{shortDay(on, language)}</time>}
          {estimated !== null && <time dateTime={estimated}>{t('estimated', { day: shortDay(estimated, language) })}</time>}
          {note !== null && <span className={styles['note']}>{note}</span>}
          {side.map((it) => (
            <span key={it.key + it.text} className={styles['side']}>
              <span aria-hidden="true">⚠ </span>
              {it.text}
            </span>
          ))}
        </li>
      ))}
    </ol>
  );
}
