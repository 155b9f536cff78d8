import { useTexts } from '../../../../shared/texts/use-texts.ts';
import type { Reporting } from './reading.ts';
import styles from './report.module.css';
import { texts } from './texts.ts';

interface Props {
  readonly needs: Reporting['needs'];
  readonly chosen: readonly string[];
  readonly choose: (chosen: readonly string[]) => void;
}

/** The needs of the project's proposal, each to be ticked; none is an answer. */
export function NeedsField({ needs, chosen, choose }: Props) {
  const t = useTexts(texts);
  return (
    <fieldset className={styles['question']}>
      <legend>{t('needs')}</legend>
      {needs.length === 0 && <p className={styles['hint']}>{t('noNeeds')}</p>}
      {needs.map(({ id, number, publicText, answeredIn }, index) => (
        <label key={id} className={styles['choice']}>
          <input
            {...(index === 0 && { id: 'needs' })}
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={({ target }) => choose(target.checked ? [...chosen, id] : chosen.filter((it) => it !== id))}
          />
          <span>
            {publicText ?? number}
            {answeredIn !== null && ` · ${t('answeredBefore', { quarter: answeredIn })}`}
          </span>
        </label>
      ))}
      {needs.length > 0 && <p className={styles['hint']}>{t('needsHint', { count: chosen.length })}</p>}
    </fieldset>
  );
}
