import { Link, useSearchParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { quarterOf, quartersLater, quartersUpTo } from '../../../shared/format/quarters.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { Choice } from '../../blocks/choice.tsx';
import { Empty } from '../../blocks/empty.tsx';
import { FiguresTable } from '../../blocks/figures-table.tsx';
import { Page, Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { ExportMenu } from '../../blocks/data-list/export-menu.tsx';
import { useQuarterStatus } from '../../blocks/quarter-status.ts';
import { ReportCounts } from '../../blocks/quarter-reports/counts.tsx';
import { ReportsDueList } from '../../blocks/quarter-reports/list.tsx';
import { useReportCounts } from '../../blocks/quarter-reports/use-counts.ts';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { useUnitName } from '../../blocks/units.ts';
import { useToday } from '../../blocks/workdays.ts';
import { holds, useMe } from '../../me.ts';
import { texts } from './texts.ts';

const SHOWN_QUARTERS = 9;
const MOST_COMMUNITIES = 100;

/** One quarter across communities. */
export default function QuartersPage() {
  const t = useTexts(texts);
  const me = useMe();
  const today = useToday();
  const [search, setSearch] = useSearchParams();
  const coming = quartersLater(quarterOf(today), 1);
  const quarter = search.get('quarter') ?? quarterOf(today);
  const heard = quartersLater(quarter, -1);
  const cycles = useQuery({
    queryKey: ['quarters', quarter],
    queryFn: () => read(api.GET('/api/v1/quarters', { params: { query: { quarter, limit: MOST_COMMUNITIES } } })),
  });
  const counts = useReportCounts(heard);
  const open = useCommand(
    (body: { quarter: string }, header) => read(api.POST('/api/v1/quarters/open-due', { params: { header }, body })),
    ({ items }) => announceDone(t('opened', { count: items.length })),
  );
  const mayOpen = holds(me, 'meetings.run') && quarter >= quarterOf(today);
  const options = [...quartersUpTo(coming, SHOWN_QUARTERS)].reverse().map((value) => ({ value, label: value }));
  return (
    <Page
      title={t('title', { quarter })}
      lead={t('lead', { heard })}
      actions={
        <>
          <Choice label={t('quarter')} value={quarter} options={options} change={(value) => setSearch({ quarter: value })} />
          <ExportMenu wanted={{ quarter }} exportAs={{ list: 'quarters' }} />
          <Link to={`/insights/loop-report?from=${heard}&until=${heard}`}>{t('results')}</Link>
        </>
      }
    >
      {open.problem && <Refusal error={open.problem} />}
      {cycles.isError && <Refusal error={cycles.error} retry={() => void cycles.refetch()} />}
      {counts.isError && <Refusal error={counts.error} retry={() => void counts.refetch()} />}
      {cycles.isPending && <RowsSkeleton rows={4} />}
      {cycles.data?.items.length === 0 && (
        <Empty title={t('none', { quarter })} why={t('noneWhy')}>
          {mayOpen && (
            <Button type="primary" loading={open.isRunning} onClick={() => void open.run({ quarter })}>
              {t('open')}
            </Button>
          )}
        </Empty>
      )}
      {cycles.data && cycles.data.items.length > 0 && (
        <>
          <Section title={t('reports', { quarter: heard })}>
            {counts.data && <ReportCounts quarter={heard} items={counts.data.items} base={`?quarter=${quarter}&`} />}
          </Section>
          <Communities quarter={quarter} cycles={cycles.data.items} counts={counts.data?.items ?? []} />
        </>
      )}
      <ReportsDueList quarter={heard} />
    </Page>
  );
}

interface CommunitiesProps {
  readonly quarter: string;
  readonly cycles: readonly { communityId: string; status: string; meetingOn: string; meetingLate: boolean; provisional: boolean; resolutions: number | null }[];
  readonly counts: readonly { communityId: string; asked: number; submitted: number; late: number }[];
}

function Communities({ quarter, cycles, counts }: CommunitiesProps) {
  const t = useTexts(texts);
  const unitName = useUnitName();
  const status = useQuarterStatus();
  const figures = ['asked', 'submitted', 'late'] as const;
  const rows = cycles.map((cycle) => {
    const { communityId, meetingOn, provisional, resolutions } = cycle;
    const address = `/quarters/${communityId}/${quarter}`;
    const own = counts.find((it) => it.communityId === communityId);
    const { text, standing } = status(cycle);
    return {
      key: communityId,
      cells: [
        <Link key="name" to={address}>
          {unitName(communityId)}
        </Link>,
        <StatusTag key="status" standing={standing}>
          {text}
        </StatusTag>,
        provisional ? `${meetingOn}（${t('provisional')}）` : meetingOn,
        ...figures.map((name) => (own && own[name] > 0 ? <Link key={name} to={`${address}?standing=${name}#reports`}>{own[name]}</Link> : 0)),
        resolutions ?? '–',
      ],
    };
  });
  const sum = (name: (typeof figures)[number]): number => counts.reduce((total, row) => total + row[name], 0);
  return (
    <Section title={t('communities')}>
      <FiguresTable
        label={t('communities')}
        columns={[
          { title: t('community') },
          { title: t('status') },
          { title: t('meeting') },
          ...figures.map((name) => ({ title: t(name), align: 'end' as const })),
          { title: t('resolutions'), align: 'end' },
        ]}
        rows={rows}
        sums={[t('all'), '', '', ...figures.map(sum), cycles.reduce((total, { resolutions }) => total + (resolutions ?? 0), 0)]}
      />
    </Section>
  );
}
