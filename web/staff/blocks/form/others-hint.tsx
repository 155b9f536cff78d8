import { defineTexts } from '../../../shared/texts/i18n.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import styles from './form.module.css';

const texts = defineTexts('staff/blocks/form/others-hint', {
  now: { zh: '他人刚改为：{{value}}', en: 'Somebody just changed it to: {{value}}' },
  nothing: { zh: '（空）', en: '(nothing)' },
});

/** Under a field that somebody else has changed meanwhile. */
export function OthersHint({ value }: { readonly value: string | number }) {
  const t = useTexts(texts);
  return <span className={styles['others']}>{t('now', { value: value === '' ? t('nothing') : value })}</span>;
}
