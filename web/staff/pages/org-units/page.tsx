import { Link, useNavigate, useSearchParams } from 'react-router';
import { useState } from 'react';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { Page } from '../../blocks/page.tsx';
import { Segments } from '../../blocks/segments.tsx';
import { holds, useMe } from '../../me.ts';
import { NewUnit } from './new-unit.tsx';
import { Table } from './table.tsx';
import { texts } from './texts.ts';
import { Tree } from './tree.tsx';

export default function OrgUnitsPage() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const mayManage = holds(useMe(), 'units.manage');
  const isList = search.get('view') === 'list';
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      primary={
        mayManage && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )
      }
      actions={
        <>
          <Segments
            label={t('view')}
            value={isList ? 'list' : 'tree'}
            options={[
              { value: 'tree', label: t('tree') },
              { value: 'list', label: t('list') },
            ]}
            change={(view) => setSearch(view === 'list' ? { view } : {})}
          />
          {mayManage && <Link to="/admin/units/import">{t('import')}</Link>}
        </>
      }
    >
      {isList ? <Table /> : <Tree />}
      {adding && <NewUnit close={() => setAdding(false)} done={(id) => void navigate(`/admin/units/${id}`)} />}
    </Page>
  );
}
