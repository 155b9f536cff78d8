import { useSearchParams } from 'react-router';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Page } from '../../blocks/page.tsx';
import { Segments } from '../../blocks/segments.tsx';
import { Board } from './board.tsx';
import { Table } from './table.tsx';
import { texts } from './texts.ts';

export default function ProjectsPage() {
  const t = useTexts(texts);
  const [wanted, setWanted] = useSearchParams();
  const isBoard = wanted.get('view') === 'board';
  return (
    <Page
      title={t('title')}
      actions={
        <Segments
          label={t('view')}
          value={isBoard ? 'board' : 'table'}
          options={[
            { value: 'table', label: t('table') },
            { value: 'board', label: t('board') },
          ]}
          change={(view) =>
            setWanted((before) => {
              const after = new URLSearchParams(before);
              if (view === 'board') after.set('view', view);
              else after.delete('view');
              return after;
            })
          }
        />
      }
    >
      {isBoard ? <Board /> : <Table />}
    </Page>
  );
}
