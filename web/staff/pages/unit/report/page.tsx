import { Link, Navigate, useParams, useSearchParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { StageView } from '../../../../shared/stage-view/stage-view.tsx';
import { useLanguage, useTexts } from '../../../../shared/texts/use-texts.ts';
import { Empty } from '../../../blocks/empty.tsx';
import { Page, Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { PageSkeleton } from '../../../blocks/skeletons.tsx';
import { readReporting, type Reporting } from './reading.ts';
import styles from './report.module.css';
import { ReportForm } from './report-form.tsx';
import { texts } from './texts.ts';

/** One quarter's report of a project; without a quarter in the address the one that is owed now. */
export default function ReportPage() {
  const { id = '', quarter } = useParams();
  const owed = useQuery({ queryKey: ['reports-due'], queryFn: () => read(api.GET('/api/v1/reports-due')), enabled: quarter === undefined });
  if (quarter !== undefined) return <OneQuarter key={`${id} ${quarter}`} id={id} quarter={quarter} />;
  if (owed.isPending) return <PageSkeleton />;
  if (owed.isError) return <Refusal error={owed.error} retry={() => void owed.refetch()} />;
  const first = owed.data.items.find(({ projectId }) => projectId === id);
  return first ? <Navigate to={`/unit/projects/${id}/report/${first.quarter}`} replace /> : <Nothing id={id} />;
}

function OneQuarter({ id, quarter }: { readonly id: string; readonly quarter: string }) {
  const language = useLanguage();
  const [wanted] = useSearchParams();
  const found = useQuery({
    queryKey: ['reporting', id, quarter, language],
    queryFn: () => readReporting(id, quarter),
  });
  if (found.isPending) return <PageSkeleton />;
  // What is being written stays on the page while the network is away.
  if (!found.data) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  const { owed, report } = found.data;
  if (owed) return <ReportForm reporting={found.data} owed={owed} isChecking={wanted.has('check')} />;
  return report ? <Sent reporting={found.data} report={report} /> : <Nothing id={id} />;
}

function Nothing({ id }: { readonly id: string }) {
  const t = useTexts(texts);
  return (
    <Page title={t('nothing')}>
      <Empty title={t('nothing')} why={t('nothingWhy')}>
        <Links id={id} />
      </Empty>
    </Page>
  );
}

interface SentProps {
  readonly reporting: Reporting;
  readonly report: NonNullable<Reporting['report']>;
}

/** After the form: its number, and where the project stands now. */
function Sent({ reporting: { project, stage }, report: { quarter, status } }: SentProps) {
  const t = useTexts(texts);
  const said = status === 'accepted' || status === 'waived' ? t(status, { quarter }) : t('sent', { number: `${project.number}-${quarter}`, quarter });
  return (
    <Page title={t('sentTitle', { project: project.title })} lead={said}>
      <Section title={project.title}>
        <StageView stage={stage} />
      </Section>
      <Links id={project.id} />
    </Page>
  );
}

function Links({ id }: { readonly id: string }) {
  const t = useTexts(texts);
  return (
    <p className={styles['links']}>
      <Link to="/unit">{t('toMine')}</Link>
      <Link to={`/projects/${id}`}>{t('toProject')}</Link>
    </p>
  );
}
