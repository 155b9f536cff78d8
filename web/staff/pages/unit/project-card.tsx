import { useState } from 'react';
import { Link } from 'react-router';
import { exactMoney } from '../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { useNeedsWords } from '../../blocks/needs-words.ts';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useUnitName } from '../../blocks/units.ts';
import { useDeadline } from '../../blocks/workdays.ts';
import { ClaimButton } from './claim-button.tsx';
import { DeclineForm } from './decline-form.tsx';
import type { Fit, Project } from './projects.ts';
import { texts } from './texts.ts';
import styles from './unit.module.css';

const HUNDREDTHS = 100;

interface Props {
  readonly project: Project;
  readonly fit: Fit | undefined;
  readonly unitId: string;
}

/** A project that the unit may take on: why, until when, and its three answers. */
export function ProjectCard({ project, fit, unitId }: Props) {
  const t = useTexts(texts);
  const language = useLanguage();
  const unitName = useUnitName();
  const words = useNeedsWords();
  const deadline = useDeadline()(project.due);
  const [isDeclining, setDeclining] = useState(false);
  const { id, title, number, category, communityId, budgetFen } = project;
  const isOffered = project.offeredTo === unitId;
  return (
    <li className={styles['card']}>
      <h3>
        <Link to={`/projects/${id}`}>{title}</Link> {fit && t('score', { score: Math.round(fit.score / HUNDREDTHS) })}
      </h3>
      <p>
        <StatusTag standing={deadline.standing === 'others' && isOffered ? 'mine' : deadline.standing}>{deadline.text}</StatusTag>
      </p>
      <p className={styles['muted']}>
        {[number, unitName(communityId), words('category', category), t('budget', { amount: exactMoney(budgetFen, language) })].join(' · ')}
      </p>
      {fit && (
        <details>
          <summary>{t('why')}</summary>
          <ul className={styles['reasons']}>
            {fit.parts
              .filter(({ score }) => score !== 0)
              .map(({ key, label, score }) => (
                <li key={key}>{t('reasons', { label, score: Math.round(score / HUNDREDTHS) })}</li>
              ))}
          </ul>
        </details>
      )}
      <div className={styles['buttons']}>
        <ClaimButton project={project} unitId={unitId} />
        <Link className={styles['button']} to={`/unit/projects/${id}/contribute`}>
          {t('coFund')}
        </Link>
        {isOffered && !isDeclining && <Button onClick={() => setDeclining(true)}>{t('decline')}</Button>}
      </div>
      {isDeclining && <DeclineForm project={project} unitId={unitId} close={() => setDeclining(false)} />}
    </li>
  );
}
