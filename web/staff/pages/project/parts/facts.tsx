import { Link } from 'react-router';
import { exactMoney } from '../../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../../shared/texts/use-texts.ts';
import { Section } from '../../../blocks/page.tsx';
import { useUnitName } from '../../../blocks/units.ts';
import type { Schemas } from '../../../me.ts';
import styles from '../page.module.css';
import { texts } from '../texts.ts';

export function Facts({ project }: { readonly project: Schemas['Project'] }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const unitName = useUnitName();
  const grade = texts.keys.find((key) => key === `grade.${project.grade}`);
  return (
    <Section title={t('facts')}>
      <dl className={styles['facts']}>
        <dt>{t('community')}</dt>
        <dd>{unitName(project.communityId)}</dd>
        <dt>{t('lead')}</dt>
        <dd>{project.leadUnit === null ? t('nobody') : unitName(project.leadUnit)}</dd>
        {project.offeredTo !== null && (
          <>
            <dt>{t('offered')}</dt>
            <dd>{unitName(project.offeredTo)}</dd>
          </>
        )}
        {project.implementerId !== null && (
          <>
            <dt>{t('implementer')}</dt>
            <dd>{unitName(project.implementerId)}</dd>
          </>
        )}
        {project.sourceNumber !== null && (
          <>
            <dt>{t('takenOver')}</dt>
            <dd>{project.sourceNumber}</dd>
          </>
        )}
        <dt>{t('budget')}</dt>
        <dd>{exactMoney(project.budgetFen, language)}</dd>
        {grade && (
          <>
            <dt>{t('grade')}</dt>
            <dd>{t(grade)}</dd>
          </>
        )}
        {project.awardFen !== null && (
          <>
            <dt>{t('award')}</dt>
            <dd>{exactMoney(project.awardFen, language)}</dd>
          </>
        )}
        <dt>{t('proposal')}</dt>
        <dd>
          <Link to={`/needs/proposals/${project.proposalId}`}>{t('openProposal')}</Link>
        </dd>
      </dl>
    </Section>
  );
}
