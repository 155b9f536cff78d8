import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../blocks.module.css';
import { texts } from './texts.ts';

/** After a form: the code, what happens next, and where to see it. */
export function Sent({ code }: { readonly code: string }) {
  const t = useTexts(texts);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section>
      <h1 ref={heading} tabIndex={-1}>
        ✓ {t('doneTitle')}
      </h1>
      <div className={styles['card']}>
        <p>{t('code')}</p>
        <p className={styles['code']}>{code}</p>
        <p>{t('codeWhy')}</p>
      </div>
      <p>{t('next')}</p>
      <p className="no-print">
        <button type="button" className={styles['button']} onClick={() => print()}>
          {t('print')}
        </button>{' '}
        <Link to={`/p/follow/${code}`}>{t('follow')}</Link>
      </p>
    </section>
  );
}
