import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import styles from './skeletons.module.css';

const texts = defineTexts('staff/blocks/skeletons', { loading: { zh: '正在加载', en: 'Loading' } });

/** The shape of what comes, shown after 200 ms (by the style sheet): quick answers do not flash. */
export function RowsSkeleton({ rows = 5 }: { readonly rows?: number }) {
  const t = useTexts(texts);
  return (
    <div className={styles['skeleton']} role="status">
      <span className="hidden-text">{t('loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles['row']} />
      ))}
    </div>
  );
}

export function PageSkeleton() {
  const t = useTexts(texts);
  return (
    <div className={styles['page']} role="status">
      <span className="hidden-text">{t('loading')}</span>
      <div className={styles['heading']} />
      <div className={styles['block']} />
      <div className={styles['block']} />
    </div>
  );
}
