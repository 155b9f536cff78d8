import { Button } from 'antd';
import { useSearchParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, fileUrl, read } from '../../../shared/api/client.ts';
import { roundMoney } from '../../../shared/format/money.ts';
import { quarterOf, quartersLater, quartersUpTo } from '../../../shared/format/quarters.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Choice } from '../../blocks/choice.tsx';
import { Door, Doors } from '../../blocks/door.tsx';
import { Empty } from '../../blocks/empty.tsx';
import { Page, Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { useToday } from '../../blocks/workdays.ts';
import { FIGURES, isMoney, type LoopReport } from './figures.ts';
import styles from './page.module.css';
import { Breakdown } from './parts/breakdown.tsx';
import { Quarters } from './parts/quarters.tsx';
import { texts } from './texts.ts';

const SHOWN_QUARTERS = 12;
const USUAL_QUARTERS = 4;

export default function LoopReportPage() {
  const t = useTexts(texts);
  const today = useToday();
  const [search, setSearch] = useSearchParams();
  const running = quarterOf(today);
  const until = search.get('until') ?? running;
  const from = search.get('from') ?? quartersLater(until, 1 - USUAL_QUARTERS);
  const period = { from, until };
  const found = useQuery({
    queryKey: ['loop-report', from, until],
    queryFn: () => read(api.GET('/api/v1/insights/loop-report', { params: { query: period } })),
  });
  const options = [...quartersUpTo(running, SHOWN_QUARTERS)].reverse().map((value) => ({ value, label: value }));
  const choose = (part: Partial<typeof period>): void => setSearch({ ...period, ...part }, { replace: true });
  return (
    <Page
      title={t('title')}
      lead={t('lead', period)}
      actions={
        <>
          {(['pdf', 'xlsx'] as const).map((format) => (
            <Button key={format} href={fileUrl('/api/v1/insights/loop-report/document', { ...period, format })} download>
              {t(format)}
            </Button>
          ))}
        </>
      }
    >
      <Section title={t('figures')}>
        <div className={`${styles['period']} no-print`}>
          <label>
            {t('from')} <Choice label={t('from')} value={from} options={options} change={(value) => choose({ from: value })} />
          </label>
          <label>
            {t('until')} <Choice label={t('until')} value={until} options={options} change={(value) => choose({ until: value })} />
          </label>
        </div>
        {found.isPending && <RowsSkeleton rows={2} />}
        {found.isError && <Refusal error={found.error} retry={() => void found.refetch()} />}
        {found.data && <Totals report={found.data} />}
      </Section>
      {found.data && found.data.microProjects > 0 && (
        <>
          <Breakdown by="community" report={found.data} />
          <Breakdown by="unit" report={found.data} />
        </>
      )}
      <Quarters until={until} />
    </Page>
  );
}

/** Each opens the table whose column sums up to it. */
function Totals({ report }: { readonly report: LoopReport }) {
  const t = useTexts(texts);
  const language = useLanguage();
  if (report.microProjects === 0) return <Empty title={t('empty')} why={t('emptyWhy')} />;
  const { from, until } = report;
  return (
    <Doors label={t('figures')}>
      {FIGURES.map((name) => (
        <Door
          key={name}
          label={name === 'microProjects' && report.takenOver > 0 ? t('withTakenOver', { count: report.takenOver }) : t(name)}
          value={isMoney(name) ? roundMoney(report[name], language) : report[name]}
          to={`?from=${from}&until=${until}#by-community`}
          {...(name === 'reportsLate' && report.reportsLate > 0 && { tone: 'late' as const })}
        />
      ))}
    </Doors>
  );
}
