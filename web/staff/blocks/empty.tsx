import type { ReactNode } from 'react';
import styles from './empty.module.css';

interface Props {
  readonly title: string;
  /** What will be here, and who brings it. */
  readonly why?: string;
  /** The one thing to do. */
  readonly children?: ReactNode;
}

export function Empty({ title, why, children }: Props) {
  return (
    <div className={styles['empty']}>
      <p className={styles['title']}>{title}</p>
      {why !== undefined && <p>{why}</p>}
      {children}
    </div>
  );
}
