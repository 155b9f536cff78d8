import { useEffect, useRef } from 'react';
import { Button } from 'antd';
import { asProblem, NETWORK, UNREADABLE, type Problem } from '../../shared/api/problem.ts';
import { texts } from '../../shared/api/texts.ts';
import { useTexts, type Say } from '../../shared/texts/use-texts.ts';
import styles from './problem.module.css';

type Key = (typeof texts)['keys'][number];

/** A refusal is a signpost: what, why by which rule, what to do next; and the number to name to those who can look it up. */
export function Refusal({ error, retry }: { readonly error: unknown; readonly retry?: (() => void) | undefined }) {
  const t = useTexts(texts);
  const box = useRef<HTMLDivElement>(null);
  const problem = asProblem(error);
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  if (!problem) throw error;
  const { document } = problem;
  return (
    <div ref={box} role="alert" tabIndex={-1} className={styles['refusal']} data-open={problem.isOpen}>
      <p className={styles['title']}>
        <span aria-hidden="true">⚠ </span>
        {headingOf(problem, t)}
      </p>
      <p>{detailOf(problem, t)}</p>
      {document.errors.length > 0 && (
        <ul>
          {document.errors.map(({ at, detail }) => (
            <li key={at + detail}>{detail}</li>
          ))}
        </ul>
      )}
      {retry && <Button onClick={retry}>{t('retry')}</Button>}
      {document.requestId !== '' && (
        <p className={styles['number']}>
          {t('requestId')} {document.requestId}
        </p>
      )}
    </div>
  );
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

/** In place of a page whose content could not be read. */
export function ProblemPage({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  return (
    <main className={styles['page']}>
      <Refusal error={error} retry={retry} />
    </main>
  );
}
