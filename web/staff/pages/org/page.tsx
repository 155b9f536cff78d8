import { Link } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Empty } from '../../blocks/empty.tsx';
import { NoUnit } from '../../blocks/no-unit.tsx';
import { useOwnUnits } from '../../blocks/own-units.ts';
import { Page, Section } from '../../blocks/page.tsx';
import { standingOf, useProjectStatus } from '../../blocks/project-status.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useUnitName } from '../../blocks/units.ts';
import type { Schemas } from '../../me.ts';
import styles from './org.module.css';
import { texts } from './texts.ts';

type Project = Schemas['Project'];

const MOST = 50;
const ENDED = ['closed', 'cancelled'];

/** A social organisation's first page: the next step of every project that it carries out for a lead unit. */
export default function OrgPage() {
  const t = useTexts(texts);
  const { own, isPending, error, refetch } = useOwnUnits();
  const [org] = own;
  if (isPending) return <RowsSkeleton />;
  if (error) return <Refusal error={error} retry={() => void refetch()} />;
  if (!org) return <NoUnit title={t('title')} />;
  return (
    <Page title={t('title')} lead={org.name}>
      <Projects orgId={org.id} />
    </Page>
  );
}

function Projects({ orgId }: { readonly orgId: string }) {
  const t = useTexts(texts);
  const found = useQuery({
    queryKey: ['projects', 'carried out', orgId],
    queryFn: () => read(api.GET('/api/v1/projects', { params: { query: { implementerId: orgId, limit: MOST } } })),
  });
  if (found.isPending) return <RowsSkeleton />;
  if (!found.data) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  const { items } = found.data;
  if (items.length === 0) return <Empty title={t('none')} why={t('noneWhy')} />;
  const ended = items.filter(({ status }) => ENDED.includes(status));
  const running = items.filter((project) => !ended.includes(project));
  return (
    <>
      {running.length > 0 && (
        <Section title={t('running', { count: running.length })}>
          <ul className={styles['list']}>
            {running.map((project) => (
              <Row key={project.id} project={project} />
            ))}
          </ul>
        </Section>
      )}
      {ended.length > 0 && (
        <Section title={t('ended', { count: ended.length })}>
          <ul className={styles['list']}>
            {ended.map((project) => (
              <Ended key={project.id} project={project} />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Ended({ project }: { readonly project: Project }) {
  const { id, number, title, leadUnit } = project;
  const t = useTexts(texts);
  const unitName = useUnitName();
  const status = useProjectStatus();
  return (
    <li>
      <Link to={`/projects/${id}`}>{`${title} ${number}`}</Link>
      <p className={styles['muted']}>
        <StatusTag standing={standingOf(project)}>{status(project.status)}</StatusTag> {leadUnit !== null && t('lead', { unit: unitName(leadUnit) })}
      </p>
    </li>
  );
}

/** The sentence of the stage view says whose turn it is, until when, and what happens otherwise. */
function Row({ project: { id, number, title, leadUnit } }: { readonly project: Project }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const unitName = useUnitName();
  const stage = useQuery({
    queryKey: ['project', id, 'stage', language],
    queryFn: () => read(api.GET('/api/v1/projects/{id}/stage', { params: { path: { id } } })),
  });
  return (
    <li>
      <Link to={`/projects/${id}`}>{`${title} ${number}`}</Link>
      {stage.data && <p>{stage.data.sentence}</p>}
      {stage.data && stage.data.otherwise !== null && <p className={styles['muted']}>{stage.data.otherwise}</p>}
      {leadUnit !== null && <p className={styles['muted']}>{t('lead', { unit: unitName(leadUnit) })}</p>}
    </li>
  );
}
