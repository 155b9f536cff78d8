import { Link, useParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, fileUrl, read } from '../../../shared/api/client.ts';
import { StageView } from '../../../shared/stage-view/stage-view.tsx';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { useActionNames } from '../../blocks/action-names.ts';
import { Page, Section } from '../../blocks/page.tsx';
import { usePeople } from '../../blocks/people.ts';
import { ProblemPage } from '../../blocks/problem.tsx';
import { PageSkeleton } from '../../blocks/skeletons.tsx';
import { SmallTable } from '../../blocks/small-table.tsx';
import type { Schemas } from '../../me.ts';
import { texts } from './texts.ts';

type Entry = Schemas['CaseHistoryEntry'];

/** One project's journal: each event in its order, with who decided it. */
export default function AuditCasePage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  const language = useLanguage();
  const names = useActionNames();
  const people = usePeople();
  const params = { path: { id } };
  const found = useQuery({
    queryKey: ['audit-case', id, language],
    queryFn: async () => {
      const [project, stage, history] = await Promise.all([
        read(api.GET('/api/v1/projects/{id}', { params })),
        read(api.GET('/api/v1/projects/{id}/stage', { params })),
        read(api.GET('/api/v1/projects/{id}/history', { params })),
      ]);
      return { project, stage, history };
    },
  });
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <ProblemPage error={found.error} retry={() => void found.refetch()} />;
  const { project, stage, history } = found.data;
  const nameOf = (actor: string): string => (/^[0-9a-f]{8}-/.test(actor) ? people.nameOf(actor) : t('system'));
  return (
    <Page
      title={t('title', { title: project.title, number: project.number })}
      primary={
        <a href={fileUrl(`/api/v1/projects/${id}/documents/case-file`)} download>
          {t('file')}
        </a>
      }
      actions={
        <>
          <Link to="/audit/cases">{t('back')}</Link>
          <Link to={`/audit?subject=${encodeURIComponent(`case:project/${id}`)}`}>{t('events')}</Link>
        </>
      }
    >
      <StageView stage={stage} />
      <Section title={t('journal')}>
        <SmallTable<Entry>
          label={t('journal')}
          rows={history}
          idOf={({ version }) => String(version)}
          columns={[
            { key: 'version', title: t('version'), render: ({ version }) => version },
            { key: 'at', title: t('at'), render: ({ at }) => dateAndTime(at) },
            { key: 'what', title: t('what'), render: ({ type }) => <strong>{names.deed(type)}</strong> },
            { key: 'who', title: t('who'), render: ({ actor }) => nameOf(actor) },
          ]}
        />
      </Section>
    </Page>
  );
}
