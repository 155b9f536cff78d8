import { useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import type { paths } from '../../../shared/api/schema.d.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { CommandDrawer } from '../../blocks/command-drawer.tsx';
import type { Column, Filter } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Page } from '../../blocks/page.tsx';
import { usePlaces } from '../../blocks/places.ts';
import { useUnitName, useUnits } from '../../blocks/units.ts';
import { mayAsk, useMe } from '../../me.ts';
import { FindPerson } from './find-person.tsx';
import { texts } from './texts.ts';

type Person = paths['/api/v1/people']['get']['responses'][200]['content']['application/json']['items'][number];

const PAGE = 50;

export default function AccountsPage() {
  const t = useTexts(texts);
  const mayManage = mayAsk(useMe(), 'accounts.manage');
  const [adding, setAdding] = useState(false);
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
    >
      {mayManage && <FindPerson />}
      <DataList<Person>
        name="people"
        label={t('title')}
        queryKey={['people']}
        fetchPage={(wanted, cursor) => read(api.GET('/api/v1/people', { params: { query: { ...wanted, limit: PAGE, ...(cursor && { cursor }) } } }))}
        idOf={({ id }) => id}
        columns={useColumns()}
        filters={useFilters()}
        exportAs={{ list: 'people', personal: true }}
        empty={{ title: t('empty'), why: t('emptyWhy') }}
      />
      {adding && <NewPerson close={() => setAdding(false)} />}
    </Page>
  );
}

function useFilters(): readonly Filter[] {
  const t = useTexts(texts);
  const units = useUnits();
  return useMemo(
    () => [{ key: 'unit', label: t('unit'), kind: 'choice', options: [...(units.data?.values() ?? [])].map(({ id, name }) => ({ value: id, label: name })) }],
    [t, units.data],
  );
}

function useColumns(): readonly Column<Person>[] {
  const t = useTexts(texts);
  const unitName = useUnitName();
  const { nameOf } = usePlaces();
  return [
    {
      key: 'name',
      title: t('name'),
      isHeading: true,
      render: ({ id, name, erased }) => <Link to={`/admin/accounts/${id}`}>{erased ? t('erased') : name}</Link>,
    },
    { key: 'phone', title: t('phone'), render: ({ phone }) => phone ?? '–' },
    { key: 'unit', title: t('unit'), render: ({ unitId }) => (unitId === null ? '–' : unitName(unitId)) },
    { key: 'place', title: t('place'), render: ({ orgPath }) => nameOf(orgPath) },
  ];
}

function NewPerson({ close }: { readonly close: () => void }) {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const units = useUnits();
  const { choices } = usePlaces();
  return (
    <CommandDrawer
      title={t('add')}
      action={t('addDone')}
      initial={{ orgPath: '/' }}
      fields={[
        { name: 'name', label: t('name'), kind: 'text', max: 50 },
        { name: 'phone', label: t('phone'), kind: 'text', max: 20, isOptional: true },
        { name: 'unitId', label: t('unit'), kind: 'choice', isOptional: true, options: [...(units.data?.values() ?? [])].map(({ id, name }) => ({ value: id, label: name })) },
        { name: 'orgPath', label: t('place'), hint: t('placeHint'), kind: 'choice', options: choices },
      ]}
      send={({ text }, header) => {
        const [phone, unitId] = [text('phone'), text('unitId')];
        return read(
          api.POST('/api/v1/people', {
            params: { header },
            body: { name: text('name') ?? '', orgPath: text('orgPath') ?? '/', ...(phone && { phone }), ...(unitId && { unitId }) },
          }),
        );
      }}
      done={({ id }) => void navigate(`/admin/accounts/${id}`)}
      close={close}
    />
  );
}
