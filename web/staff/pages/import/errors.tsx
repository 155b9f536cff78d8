import { useTexts } from '../../../shared/texts/use-texts.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Section } from '../../blocks/page.tsx';
import type { Report } from './requests.ts';
import { texts } from './texts.ts';

interface Line {
  readonly id: string;
  readonly row: string;
  readonly sheet: string;
  readonly cell: string;
  readonly heading: string;
  readonly value: string;
  readonly detail: string;
}

function linesOf({ errors, preview }: Report): readonly Line[] {
  const cells = new Map((preview?.wrongCells ?? []).map((it) => [it.at, it]));
  return errors.map(({ at, detail, params }, index) => {
    const found = cells.get(at);
    const sheet = params?.['sheet'];
    return {
      id: `${index}`,
      row: at.split(':')[0] ?? at,
      sheet: typeof sheet === 'string' ? sheet : '',
      cell: found?.cell ?? '',
      heading: found?.heading ?? '',
      value: found?.value ?? '',
      detail,
    };
  });
}

/** Every wrong cell: where it is, what it says, what is wrong with it. */
export function Errors({ report }: { readonly report: Report }) {
  const t = useTexts(texts);
  const lines = linesOf(report);
  return (
    <Section title={t('errors')}>
      <DataList<Line>
        name="import/errors"
        label={t('errors')}
        queryKey={['import', 'errors', lines]}
        fetchPage={() => Promise.resolve({ items: lines, next: null })}
        idOf={({ id }) => id}
        columns={[
          { key: 'at', title: t('at'), isHeading: true, render: ({ sheet, row, cell }) => `${sheet === '' ? '' : `${sheet} `}${t('place', { row })}${cell === '' ? '' : `（${cell}）`}` },
          { key: 'heading', title: t('heading'), render: ({ heading }) => heading },
          { key: 'value', title: t('cell'), render: ({ value }) => value },
          { key: 'detail', title: t('problem'), render: ({ detail }) => detail },
        ]}
        empty={{ title: t('noErrors') }}
      />
    </Section>
  );
}
