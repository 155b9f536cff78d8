import { useEffect, useRef } from 'react';
import { useProblemWords } from '../../shared/api/problem-words.ts';
import { asProblem } from '../../shared/api/problem.ts';
import styles from './blocks.module.css';

/** What was refused and why; takes the focus, so that it is read out. */
export function Refusal({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  const problem = asProblem(error);
  const words = useProblemWords(problem);
  useEffect(() => box.current?.focus(), [problem]);
  if (!problem || !words) throw error;
  return (
    <div ref={box} role="alert" tabIndex={-1} className={styles['refusal']}>
      <p>
        <strong>⚠ {words.heading}</strong>
      </p>
      <p>{words.detail}</p>
      {problem.document.errors.length > 0 && (
        <ul>
          {problem.document.errors.map(({ at, detail }) => (
            <li key={at + detail}>{detail}</li>
          ))}
        </ul>
      )}
      {retry && (
        <button type="button" onClick={retry}>
          {words.retry}
        </button>
      )}
    </div>
  );
}
