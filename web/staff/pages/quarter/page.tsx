import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { dateAndTime, longDay } from '../../../shared/format/time.ts';
import { StageView } from '../../../shared/stage-view/stage-view.tsx';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { Page, Section } from '../../blocks/page.tsx';
import { ProblemPage } from '../../blocks/problem.tsx';
import { ReportCounts } from '../../blocks/quarter-reports/counts.tsx';
import { ReportsDueList } from '../../blocks/quarter-reports/list.tsx';
import { useReportCounts } from '../../blocks/quarter-reports/use-counts.ts';
import { PageSkeleton } from '../../blocks/skeletons.tsx';
import { useUnitName } from '../../blocks/units.ts';
import { useToday } from '../../blocks/workdays.ts';
import { holds, useMe, type Schemas } from '../../me.ts';
import { MoveMeeting } from './parts/move-meeting.tsx';
import { PublishCheck } from './parts/publish-check.tsx';
import { RecordMeeting } from './parts/record-meeting.tsx';
import { Results, type Detail } from './parts/results.tsx';
import { texts } from './texts.ts';

/** One quarter of one community. */
export default function QuarterPage() {
  const { communityId = '', quarter = '' } = useParams();
  const language = useLanguage();
  const [search] = useSearchParams();
  const params = { path: { communityId, quarter } };
  const found = useQuery({
    queryKey: ['quarter', communityId, quarter, language],
    queryFn: async () => {
      const [cycle, stage] = await Promise.all([
        read(api.GET('/api/v1/quarters/{communityId}/{quarter}', { params })),
        read(api.GET('/api/v1/quarters/{communityId}/{quarter}/stage', { params })),
      ]);
      return { cycle, stage };
    },
  });
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <ProblemPage error={found.error} retry={() => void found.refetch()} />;
  const { cycle, stage } = found.data;
  if (search.get('step') === 'publish' && cycle.status === 'held') return <PublishCheck cycle={cycle} />;
  return <Shown cycle={cycle} stage={stage} />;
}

type Form = 'move' | 'record';

function Shown({ cycle, stage }: { readonly cycle: Detail; readonly stage: Schemas['StageView'] }) {
  const t = useTexts(texts);
  const me = useMe();
  const language = useLanguage();
  const today = useToday();
  const unitName = useUnitName();
  const navigate = useNavigate();
  const [form, setForm] = useState<Form>();
  const counts = useReportCounts(cycle.hears);
  const { communityId, quarter, hears, status, meetingOn } = cycle;
  const mayRun = holds(me, 'meetings.run');
  const isAhead = status === 'collecting' && meetingOn > today;
  const day = longDay(meetingOn, language);
  const own = counts.data?.items.filter((it) => it.communityId === communityId);
  return (
    <Page
      title={t('title', { community: unitName(communityId), quarter })}
      lead={
        <>
          <Link to={`/quarters?quarter=${quarter}`}>{t('all', { quarter })}</Link> · {t('meeting', { day })}
          {cycle.provisional && ` (${t('provisional')})`}
          {cycle.resolutions !== null && ` · ${t('resolutions', { count: cycle.resolutions })}`}
        </>
      }
      primary={
        mayRun && (
          <>
            {status === 'collecting' && !isAhead && (
              <Button type="primary" onClick={() => setForm('record')}>
                {t('record')}
              </Button>
            )}
            {status === 'held' && (
              <Button type="primary" onClick={() => void navigate('?step=publish')}>
                {t('publish')}
              </Button>
            )}
          </>
        )
      }
      actions={mayRun && status === 'collecting' && <Button onClick={() => setForm('move')}>{t('move')}</Button>}
    >
      <StageView stage={stage} {...(mayRun && isAhead && { action: <p>{t('notHeld', { day })}</p> })} />
      <Section title={t('reports', { quarter: hears })}>{own && <ReportCounts quarter={hears} items={own} base="?" />}</Section>
      <Results cycle={cycle} />
      <ReportsDueList quarter={hears} communityId={communityId} />
      <Snapshots cycle={cycle} />
      {form === 'move' && <MoveMeeting cycle={cycle} close={() => setForm(undefined)} />}
      {form === 'record' && <RecordMeeting cycle={cycle} close={() => setForm(undefined)} />}
    </Page>
  );
}

const HASH_SHOWN = 12;

/** What was frozen that quarter; the three lists open as they stood. */
function Snapshots({ cycle: { communityId, quarter, snapshots } }: { readonly cycle: Detail }) {
  const t = useTexts(texts);
  const nameOf = (kind: string): string => {
    const key = texts.keys.find((it) => it === `snapshot.${kind}`);
    return key ? t(key) : kind;
  };
  return (
    <Section title={t('snapshots')}>
      {snapshots.length === 0 && <p>{t('noSnapshots')}</p>}
      <ul>
        {snapshots.map(({ kind, hash, at }) => {
          const text = t('snapshotOf', { name: nameOf(kind), at: dateAndTime(at), hash: hash.slice(0, HASH_SHOWN) });
          return <li key={kind}>{kind === 'reports' ? text : <Link to={`/lists/${kind}?communityId=${communityId}&at=${quarter}`}>{text}</Link>}</li>;
        })}
      </ul>
    </Section>
  );
}
