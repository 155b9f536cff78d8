import { useEffect, useRef } from 'react';
import { useProblemWords } from '../../shared/api/problem-words.ts';
import { asProblem } from '../../shared/api/problem.ts';
import { Button } from './button.tsx';
import styles from './problem.module.css';

/** A refusal is a signpost: what, why by which rule, what to do next; and the number to name to those who can look it up. */
export function Refusal({ error, retry }: { readonly error: unknown; readonly retry?: (() => void) | undefined }) {
  const box = useRef<HTMLDivElement>(null);
  const problem = asProblem(error);
  const words = useProblemWords(problem);
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  if (!problem || !words) throw error;
  const { document } = problem;
  return (
    <div ref={box} role="alert" tabIndex={-1} className={styles['refusal']} data-open={problem.isOpen}>
      <p className={styles['title']}>
        <span aria-hidden="true">⚠ </span>
        {words.heading}
      </p>
      <p>{words.detail}</p>
      {document.errors.length > 0 && (
        <ul>
          {document.errors.map(({ at, detail }) => (
            <li key={at + detail}>{detail}</li>
          ))}
        </ul>
      )}
      {retry && <Button onClick={retry}>{words.retry}</Button>}
      {document.requestId !== '' && (
        <p className={styles['number']}>
          {words.requestId} {document.requestId}
        </p>
      )}
    </div>
  );
}

/** In place of a page whose content could not be read. */
export function ProblemPage({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  return (
    <main className={styles['page']}>
      <Refusal error={error} retry={retry} />
    </main>
  );
}
