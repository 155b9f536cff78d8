import { fileUrl } from '../../../../shared/api/client.ts';
import { exactMoney, roundMoney, wholeNumber } from '../../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../../shared/texts/use-texts.ts';
import { Chart } from '../../../blocks/chart/chart.tsx';
import { AXIS, SERIES } from '../../../blocks/chart/options.ts';
import { FiguresTable } from '../../../blocks/figures-table.tsx';
import { Section } from '../../../blocks/page.tsx';
import { FIGURES, isMoney, UNIT_FIGURES, type Figure, type LoopReport } from '../figures.ts';
import styles from '../page.module.css';
import { texts } from '../texts.ts';

interface Line extends Readonly<Partial<Record<Figure, number>>> {
  readonly id: string;
  readonly name: string;
  readonly fundsFen: number;
}

const MOST_BARS = 12;
/** Fewer values are read off the table. */
const FEWEST_BARS = 6;
const BAR_PX = 34;
const AXIS_PX = 60;
const FEN_PER_WAN = 1_000_000;

/** All figures of each community or unit, and its money as sorted bars from 0. */
export function Breakdown({ by, report }: { readonly by: 'community' | 'unit'; readonly report: LoopReport }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const lines: readonly Line[] = [...(by === 'community' ? report.byCommunity : report.byUnit)].sort((a, b) => b.fundsFen - a.fundsFen);
  const figures: readonly Figure[] = by === 'community' ? FIGURES : UNIT_FIGURES;
  const shown = (name: Figure, value: number): string => (isMoney(name) ? exactMoney(value, language) : wholeNumber(value));
  const sum = (name: Figure): number => lines.reduce((total, line) => total + (line[name] ?? 0), 0);
  const title = t(by === 'community' ? 'byCommunity' : 'byUnit');
  const { from, until } = report;
  const table = (
    <FiguresTable
      label={title}
      columns={[{ title: t(by) }, ...figures.map((name) => ({ title: t(name), align: 'end' as const }))]}
      rows={lines.map((line) => ({ key: line.id, cells: [line.name, ...figures.map((name) => shown(name, line[name] ?? 0))] }))}
      sums={[t('all'), ...figures.map((name) => shown(name, sum(name)))]}
    />
  );
  return (
    <div id={`by-${by}`}>
      <Section title={title}>
        <p className="no-print">
          <a href={fileUrl('/api/v1/insights/loop-report/export', { from, until, by })} download>
            {t('csv')}
          </a>
        </p>
        {lines.length >= FEWEST_BARS && <Bars {...{ by, title, lines }} />}
        <div className={styles['table']}>{table}</div>
      </Section>
    </div>
  );
}

function Bars({ by, title, lines }: { readonly by: string; readonly title: string; readonly lines: readonly Line[] }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const [first] = lines;
  if (!first) return null;
  const rest = lines.slice(MOST_BARS);
  const bars = lines.slice(0, MOST_BARS).map(({ name, fundsFen }) => ({ name, fundsFen }));
  if (rest.length > 0) bars.push({ name: t('others', { count: rest.length }), fundsFen: rest.reduce((total, { fundsFen }) => total + fundsFen, 0) });
  const option = {
    grid: { left: 8, right: 56, top: 8, bottom: 32, containLabel: true },
    xAxis: { type: 'value', min: 0, name: t('money'), nameLocation: 'middle', nameGap: 26, ...AXIS },
    yAxis: { type: 'category', inverse: true, data: bars.map(({ name }) => name), ...AXIS, axisLabel: { ...AXIS.axisLabel, width: 150, overflow: 'truncate' } },
    series: [
      {
        type: 'bar',
        barMaxWidth: 22,
        itemStyle: { color: SERIES[2] },
        label: { show: true, position: 'right', color: SERIES[0] },
        data: bars.map(({ fundsFen }) => Math.round(fundsFen / (FEN_PER_WAN / 100)) / 100),
      },
    ],
  };
  return (
    <Chart
      name={`money-${by}`}
      description={t('moneySays', { by: title, name: first.name, amount: roundMoney(first.fundsFen, language) })}
      option={option}
      heightPx={AXIS_PX + BAR_PX * bars.length}
      table={
        <FiguresTable
          label={t('money')}
          columns={[{ title: t(by === 'unit' ? 'unit' : 'community') }, { title: t('fundsFen'), align: 'end' }]}
          rows={bars.map(({ name, fundsFen }) => ({ key: name, cells: [name, exactMoney(fundsFen, language)] }))}
        />
      }
    />
  );
}
