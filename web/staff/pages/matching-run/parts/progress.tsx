import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Section } from '../../../blocks/page.tsx';
import styles from '../page.module.css';
import type { Run } from '../run.ts';
import { texts } from '../texts.ts';

export function Progress({ progress }: { readonly progress: Run['progress'] }) {
  const t = useTexts(texts);
  const key = texts.keys.find((it) => it === `phase.${progress?.phase}`) ?? 'phase.waiting';
  const title = t('solving', { phase: t(key) });
  return (
    <Section title={title}>
      <progress aria-label={title} {...(progress && progress.total > 0 && { value: progress.done, max: progress.total })} className={styles['wide']} />
      <p>{t('solvingHint')}</p>
    </Section>
  );
}
