import { Link } from 'react-router';
import { exactMoney, wholeNumber } from '../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { useNeedsWords } from '../../blocks/needs-words.ts';
import { useUnitName } from '../../blocks/units.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';
import { useNeedsOf } from './use-needs.ts';
import type { Proposal } from './values.ts';

/** As units see it; nothing to edit any more, or not for this reader. */
export function Read({ proposal }: { readonly proposal: Proposal }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const words = useNeedsWords();
  const unitName = useUnitName();
  const needs = useNeedsOf(proposal.communityId);
  const { description, category, capability, budgetFen, hours, peopleExpected, fromOn, untilOn, sharedProperty, implementerId, needIds, state } = proposal;
  const lines: readonly (readonly [string, string])[] = [
    [t('category'), words('category', category)],
    [t('capability'), words('category', capability)],
    [t('budget'), exactMoney(budgetFen, language)],
    [t('hours'), wholeNumber(hours)],
    [t('people'), wholeNumber(peopleExpected)],
    [t('from'), fromOn],
    [t('until'), untilOn],
    ...(implementerId === null ? [] : [[t('implementer'), unitName(implementerId)] as const]),
    [t('shared'), t(sharedProperty ? 'yes' : 'no')],
  ];
  return (
    <>
      {state !== 'draft' && <p className={styles['note']}>{t('fixedWhy')}</p>}
      <p>{description}</p>
      <dl className={styles['facts']}>
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h3>{t('needs')}</h3>
      <ul>
        {needIds.map((id) => {
          const need = needs.data?.get(id);
          return (
            <li key={id}>
              <Link to={`/needs/triage?state=${need?.state ?? 'listed'}&id=${id}`}>{need?.number ?? '…'}</Link> {need?.publicText}
            </li>
          );
        })}
      </ul>
    </>
  );
}
