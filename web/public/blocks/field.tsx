import { useId, type ReactNode } from 'react';
import styles from './blocks.module.css';

interface Inside {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
}

interface Props {
  /** Links of the error summary point to it. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly children: (inside: Inside) => ReactNode;
}

/** One question with its hint and what is wrong with the answer, tied together for screen readers. */
export function Field({ name, label, hint, error, children }: Props) {
  const notes = useId();
  const hasNotes = hint !== undefined || error !== undefined;
  return (
    <div className={styles['field']} data-wrong={error !== undefined}>
      <label htmlFor={name}>{label}</label>
      {hasNotes && (
        <span id={notes} className={styles['notes']}>
          {hint !== undefined && <span className={styles['hint']}>{hint}</span>}
          {error !== undefined && <span className={styles['error']}>⚠ {error}</span>}
        </span>
      )}
      {children({ id: name, 'aria-describedby': hasNotes ? notes : undefined, 'aria-invalid': error === undefined ? undefined : true })}
    </div>
  );
}
