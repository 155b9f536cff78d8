import { useEffect, type ReactNode } from 'react';
import styles from './page.module.css';

interface Props {
  readonly title: string;
  /** One sentence below the title: what is the matter here, for whom. */
  readonly lead?: ReactNode;
  /** The one primary action: top right on a desk, in the bottom bar on a phone. */
  readonly primary?: ReactNode;
  /** Further, secondary actions. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** Frame of every page. */
export function Page({ title, lead, primary, actions, children }: Props) {
  useEffect(() => {
    document.title = `${title} · 社区共建`;
  }, [title]);
  return (
    <>
      <div className={styles['head']}>
        <div className={styles['words']}>
          <h1>{title}</h1>
          {lead !== undefined && <div className={styles['lead']}>{lead}</div>}
        </div>
        {Boolean(actions) && <div className={`${styles['actions']} no-print`}>{actions}</div>}
        {Boolean(primary) && <div className={`${styles['primary']} no-print`}>{primary}</div>}
      </div>
      {children}
    </>
  );
}

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles['section']} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
