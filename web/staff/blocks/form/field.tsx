import type { ReactNode } from 'react';
import styles from './form.module.css';

/** What the control inside a field takes over: its name, its hint and its fault, also for those who cannot see them. */
export interface Inside {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
  readonly status?: 'error';
}

interface Props {
  /** Also what the summary of faults leads to. */
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly children: (inside: Inside) => ReactNode;
}

/** One question of a form: its label above, its hint and its fault below. */
export function Field({ name, label, hint, error, children }: Props) {
  const notes = [...(hint !== undefined ? [`${name}-hint`] : []), ...(error !== undefined ? [`${name}-error`] : [])];
  return (
    <div className={styles['field']}>
      <label htmlFor={name}>{label}</label>
      {children({
        id: name,
        ...(notes.length > 0 && { 'aria-describedby': notes.join(' ') }),
        ...(error !== undefined && { 'aria-invalid': true, status: 'error' }),
      })}
      {hint !== undefined && (
        <div id={`${name}-hint`} className={styles['hint']}>
          {hint}
        </div>
      )}
      {error !== undefined && (
        <div id={`${name}-error`} className={styles['error']}>
          ⚠ {error}
        </div>
      )}
    </div>
  );
}
