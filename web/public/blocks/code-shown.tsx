import { useEffect, useRef, type ReactNode } from 'react';
import { Link } from 'react-router';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import styles from './blocks.module.css';

const texts = defineTexts('public/blocks/code-shown', {
  once: { zh: '只显示这一次。请抄下、截图或打印。', en: 'Shown only this once. Write it down, take a picture or print it.' },
  print: { zh: '打印', en: 'Print' },
  see: { zh: '现在查看', en: 'See it now' },
});

interface Shown {
  readonly title: string;
  readonly label: string;
  readonly code: string;
  /** Where it can be looked up with the code. */
  readonly to: string;
  /** What happens next. */
  readonly children: ReactNode;
}

/** After something was sent without an account: the code, what happens next, and where to see it. */
export function CodeShown({ title, label, code, to, children }: Shown) {
  const t = useTexts(texts);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section>
      <h1 ref={heading} tabIndex={-1}>
        ✓ {title}
      </h1>
      <div className={styles['card']}>
        <p>{label}</p>
        <p className={styles['code']}>{code}</p>
        <p>{t('once')}</p>
      </div>
      {children}
      <p className="no-print">
        <button type="button" className={styles['button']} onClick={() => print()}>
          {t('print')}
        </button>{' '}
        <Link to={to}>{t('see')}</Link>
      </p>
    </section>
  );
}
