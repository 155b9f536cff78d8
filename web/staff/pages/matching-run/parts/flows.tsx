import { useNavigate } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { useNeedsWords } from '../../../blocks/needs-words.ts';
import { Chart } from '../../../blocks/chart/chart.tsx';
import { SERIES } from '../../../blocks/chart/options.ts';
import { Empty } from '../../../blocks/empty.tsx';
import { FiguresTable } from '../../../blocks/figures-table.tsx';
import { Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { RowsSkeleton } from '../../../blocks/skeletons.tsx';
import { useUnitName } from '../../../blocks/units.ts';
import { texts } from '../texts.ts';

const MOST_UNITS = 12;
const ROW_PX = 34;

interface Flow {
  readonly category: string;
  readonly unit: string;
  /** Undefined: several units together. */
  readonly unitId: string | undefined;
  readonly count: number;
}

/** Which category goes to which unit: the twelve largest units, and the others together. */
export function Flows({ runId, revision }: { readonly runId: string; readonly revision: number }) {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const unitName = useUnitName();
  const words = useNeedsWords();
  const found = useQuery({
    queryKey: ['matching-flows', runId, revision],
    queryFn: () => read(api.GET('/api/v1/matching-runs/{id}/flows', { params: { path: { id: runId } } })),
  });
  if (found.isError) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  if (found.isPending) return <RowsSkeleton rows={8} />;

  const placed = found.data.items.flatMap(({ category, unitId, count }) => (unitId === null ? [] : [{ category, unitId, count }]));
  const sums = new Map<string, number>();
  for (const { unitId, count } of placed) sums.set(unitId, (sums.get(unitId) ?? 0) + count);
  const named = new Set([...sums].sort(([, a], [, b]) => b - a).slice(0, MOST_UNITS).map(([id]) => id));
  const flows = new Map<string, Flow>();
  for (const { category, unitId, count } of placed) {
    const shown = named.has(unitId) ? unitId : undefined;
    const key = `${category} ${shown ?? ''}`;
    flows.set(key, {
      category: words('category', category),
      unit: shown === undefined ? t('otherUnits') : unitName(shown),
      unitId: shown,
      count: count + (flows.get(key)?.count ?? 0),
    });
  }
  const all = [...flows.values()].sort((a, b) => b.count - a.count);
  const [largest] = all;
  if (!largest) return <Empty title={t('chartEmpty')} />;

  // One name may be a category’s and a unit’s; a mark that does not show keeps their nodes apart.
  const unitNode = (unit: string): string => `${unit}\u200B`;
  const categories = [...new Set(all.map((flow) => flow.category))];
  const units = [...new Set(all.map((flow) => flow.unit))];
  const { category, unit, count } = largest;
  const description = t('chartSays', { placed: all.reduce((sum, flow) => sum + flow.count, 0), category, unit, count });
  const option = {
    series: [
      {
        type: 'sankey',
        left: 8,
        right: 8,
        top: 8,
        bottom: 8,
        nodeGap: 12,
        draggable: false,
        emphasis: { focus: 'adjacency' },
        lineStyle: { color: 'source', opacity: 0.35 },
        label: { fontSize: 13, color: SERIES[0], overflow: 'truncate', width: 190 },
        data: [
          ...categories.map((name, index) => ({ name, itemStyle: { color: SERIES[index % SERIES.length] } })),
          ...units.map((unit) => ({ name: unitNode(unit), itemStyle: { color: SERIES[0] }, label: { position: 'left' } })),
        ],
        links: all.map((flow) => ({ source: flow.category, target: unitNode(flow.unit), value: flow.count })),
      },
    ],
  };
  const opened = (name: string): void => {
    const unitId = all.find((flow) => unitNode(flow.unit) === name)?.unitId;
    if (unitId !== undefined) void navigate(`/matching/${runId}?unitId=${unitId}`);
  };
  return (
    <Section title={t('flows')}>
      <Chart
        name="flows"
        description={description}
        option={option}
        heightPx={Math.max(280, ROW_PX * Math.max(units.length, categories.length))}
        opened={opened}
        table={
          <FiguresTable
            label={t('flows')}
            columns={[{ title: t('category') }, { title: t('unit') }, { title: t('count'), align: 'end' }]}
            rows={all.map((flow) => ({ key: `${flow.category} ${flow.unit}`, cells: [flow.category, flow.unit, flow.count] }))}
          />
        }
      />
    </Section>
  );
}
