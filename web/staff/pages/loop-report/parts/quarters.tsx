import { Link } from 'react-router';
import { useQueries } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { exactMoney, roundMoney, wholeNumber } from '../../../../shared/format/money.ts';
import { quartersUpTo } from '../../../../shared/format/quarters.ts';
import { useLanguage, useTexts } from '../../../../shared/texts/use-texts.ts';
import { Chart } from '../../../blocks/chart/chart.tsx';
import { AXIS, SERIES } from '../../../blocks/chart/options.ts';
import { FiguresTable } from '../../../blocks/figures-table.tsx';
import { Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { RowsSkeleton } from '../../../blocks/skeletons.tsx';
import { useIsPhone } from '../../../blocks/use-is-phone.ts';
import { isMoney, type Figure, type LoopReport } from '../figures.ts';
import { texts } from '../texts.ts';

const SHOWN = 8;
const MULTIPLES = ['microProjects', 'fundsFen', 'problemsSolved', 'peopleServed'] as const satisfies readonly Figure[];
const MULTIPLE_PX = 170;
const FEN_PER_WAN = 1_000_000;

/** Small lines below each other on the same quarters, each from 0. */
export function Quarters({ until }: { readonly until: string }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const isPhone = useIsPhone();
  const quarters = quartersUpTo(until, SHOWN);
  const found = useQueries({
    queries: quarters.map((quarter) => ({
      queryKey: ['loop-report', quarter, quarter],
      queryFn: () => read(api.GET('/api/v1/insights/loop-report', { params: { query: { from: quarter, until: quarter } } })),
    })),
  });
  const failed = found.find(({ isError }) => isError);
  const reports: readonly LoopReport[] = found.flatMap(({ data }) => data ?? []);
  const last = reports.at(-1);
  const columns = isPhone ? 1 : 2;
  const rows = Math.ceil(MULTIPLES.length / columns);
  const share = 100 / columns;
  const of = (name: Figure): number[] => reports.map((report) => (isMoney(name) ? Math.round(report[name] / (FEN_PER_WAN / 100)) / 100 : report[name]));
  const place = (index: number) => ({ left: (index % columns) * share, top: Math.floor(index / columns) * MULTIPLE_PX });
  const option = {
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
    title: MULTIPLES.map((name, index) => ({
      text: t(name === 'fundsFen' ? 'money' : name),
      left: `${place(index).left + 1}%`,
      top: place(index).top + 4,
      textStyle: { fontSize: 14, color: SERIES[0] },
    })),
    grid: MULTIPLES.map((_, index) => ({ left: `${place(index).left + 7}%`, width: `${share - 10}%`, top: place(index).top + 36, height: MULTIPLE_PX - 70 })),
    xAxis: MULTIPLES.map((_, index) => ({ type: 'category', gridIndex: index, data: quarters, ...AXIS, axisLabel: { ...AXIS.axisLabel, interval: isPhone ? 3 : 1 } })),
    yAxis: MULTIPLES.map((_, index) => ({ type: 'value', gridIndex: index, min: 0, splitNumber: 2, ...AXIS })),
    series: MULTIPLES.map((name, index) => ({
      type: 'line',
      name: t(name),
      xAxisIndex: index,
      yAxisIndex: index,
      data: of(name),
      symbolSize: 7,
      lineStyle: { width: 2.5 },
      color: SERIES[index % SERIES.length],
    })),
  };
  return (
    <Section title={t('quarters')}>
      {failed && <Refusal error={failed.error} retry={() => void failed.refetch()} />}
      {!failed && reports.length < SHOWN && <RowsSkeleton rows={6} />}
      {last && reports.length === SHOWN && (
        <Chart
          name="quarters"
          description={t('quartersSay', { from: quarters[0] ?? '', until, money: roundMoney(last.fundsFen, language), solved: last.problemsSolved })}
          option={option}
          heightPx={rows * MULTIPLE_PX}
          table={
            <FiguresTable
              label={t('quarters')}
              columns={[{ title: t('quarter') }, ...MULTIPLES.map((name) => ({ title: t(name), align: 'end' as const }))]}
              rows={[...reports].reverse().map((report) => ({
                key: report.from,
                cells: [
                  <Link key="quarter" to={`/insights/loop-report?from=${report.from}&until=${report.from}`}>
                    {report.from}
                  </Link>,
                  ...MULTIPLES.map((name) => (isMoney(name) ? exactMoney(report[name], language) : wholeNumber(report[name]))),
                ],
              }))}
            />
          }
        />
      )}
    </Section>
  );
}
