import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { wholeNumber } from '../../shared/format/money.ts';
import styles from './door.module.css';

interface Props {
  readonly label: string;
  /** A count, or an amount already written out. */
  readonly value: number | string;
  /** The rows whose count or sum equals the number. */
  readonly to: string;
  readonly tone?: 'late';
}

/** A number is a door: it opens the rows behind it. */
export function Door({ label, value, to, tone }: Props) {
  return (
    <Link className={styles['door']} to={to} data-tone={value === 0 ? undefined : tone}>
      {label}
      <strong>{typeof value === 'number' ? wholeNumber(value) : value}</strong>
      <span aria-hidden="true">▸</span>
    </Link>
  );
}

export function Doors({ children, label }: { readonly children: ReactNode; readonly label: string }) {
  return (
    <nav className={styles['doors']} aria-label={label}>
      {children}
    </nav>
  );
}
