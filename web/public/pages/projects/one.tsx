import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import type { components } from '../../../shared/api/schema.d.ts';
import { exactMoney, wholeNumber } from '../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../../blocks/blocks.module.css';
import { InDistrict } from '../../blocks/in-district.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { Reading } from '../../blocks/reading.tsx';
import { useTitle } from '../../blocks/use-title.ts';
import { texts } from './texts.ts';

type Project = components['schemas']['PublicProject'];

export default function ProjectPage() {
  const { id = '' } = useParams();
  return <InDistrict>{(district) => <One id={id} tenant={district.id} />}</InDistrict>;
}

function One({ id, tenant }: { readonly id: string; readonly tenant: string }) {
  const t = useTexts(texts);
  const project = useQuery({
    queryKey: ['public-project', tenant, id],
    queryFn: () => read(api.GET('/api/v1/public/projects/{id}', { params: { path: { id }, query: { tenant } } })),
  });
  useTitle(project.data?.title || t('title'));
  return (
    <>
      <Reading query={project}>{(found) => <Facts project={found} tenant={tenant} />}</Reading>
      <p>
        <Link to="/p/projects">{t('back')}</Link>
      </p>
    </>
  );
}

function Facts({ project, tenant }: { readonly project: Project; readonly tenant: string }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const { percentHundredths, raters } = project.satisfaction;
  return (
    <>
      <h1>{project.title || t('hiddenTitle')}</h1>
      <p>
        {project.number} · {project.communityName} · <strong>{t(`stage.${project.stage}`)}</strong>
      </p>
      <dl className={styles['facts']}>
        <dt>{t('lead')}</dt>
        <dd>{project.leadName ?? t('nobody')}</dd>
        {project.implementerName !== null && project.implementerName !== project.leadName && (
          <>
            <dt>{t('implementer')}</dt>
            <dd>{project.implementerName}</dd>
          </>
        )}
        <dt>{t('budget')}</dt>
        <dd>{exactMoney(project.budgetFen, language)}</dd>
        <dt>{t('funded')}</dt>
        <dd>{exactMoney(project.fundedFen, language)}</dd>
        <dt>{t('served')}</dt>
        <dd>{t('times', { count: project.served })}</dd>
        <dt>{t('solved')}</dt>
        <dd>{t('problems', { count: project.solved })}</dd>
        <dt>{t('rating')}</dt>
        <dd>
          {percentHundredths === null
            ? t('ratingFew', { count: project.ratersNeeded })
            : t('ratingIs', { percent: (percentHundredths / 100).toFixed(0), count: raters })}
        </dd>
      </dl>
      <h2>{t('reports')}</h2>
      {project.reports.length === 0 ? <p>{t('noReports')}</p> : <Reports project={project} />}
      <Exposure id={project.id} tenant={tenant} isHidden={project.title === ''} />
    </>
  );
}

/** Hides the title at once; a person then looks. */
function Exposure({ id, tenant, isHidden }: { readonly id: string; readonly tenant: string; readonly isHidden: boolean }) {
  const t = useTexts(texts);
  const [isReported, setReported] = useState(false);
  const report = useCommand(
    (_: null, header) => read(api.POST('/api/v1/public/projects/{id}/report-exposure', { params: { path: { id }, header }, body: { tenant } })),
    () => setReported(true),
  );
  if (isReported) return <p role="status">{t('exposed')}</p>;
  if (isHidden) return null;
  return (
    <details>
      <summary>{t('exposes')}</summary>
      <p>{t('exposesWhy')}</p>
      {report.problem && <Refusal error={report.problem} />}
      <button type="button" className={styles['primary']} aria-disabled={report.isRunning} onClick={() => void report.run(null)}>
        {t('exposesDo')}
      </button>
    </details>
  );
}

function Reports({ project }: { readonly project: Project }) {
  const t = useTexts(texts);
  const language = useLanguage();
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">{t('quarter')}</th>
          <th scope="col">{t('served')}</th>
          <th scope="col">{t('solved')}</th>
          <th scope="col">{t('spent')}</th>
        </tr>
      </thead>
      <tbody>
        {project.reports.map(({ quarter, served, answered, spentFen }) => (
          <tr key={quarter}>
            <th scope="row">{quarter}</th>
            <td data-label={t('served')}>{wholeNumber(served)}</td>
            <td data-label={t('solved')}>{wholeNumber(answered)}</td>
            <td data-label={t('spent')}>{exactMoney(spentFen, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
