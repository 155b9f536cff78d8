import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { CommandDrawer } from '../../blocks/command-drawer.tsx';
import { Empty } from '../../blocks/empty.tsx';
import { Section } from '../../blocks/page.tsx';
import { usePeople } from '../../blocks/people.ts';
import { usePermissionName } from '../../blocks/permission-names.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { SmallTable } from '../../blocks/small-table.tsx';
import { useMe } from '../../me.ts';
import { texts } from './texts.ts';
import type { Deputy, Permission } from './types.ts';

/** Nobody else is given these (docs/trust.md 2); the server refuses them whatever the page offers. */
const NEVER = /^(policy\.(seal|amend)|accounts\.|money\.approve|payee\.approve|people\.(reveal|export)|system\.)/;

export function Deputies() {
  const t = useTexts(texts);
  const me = useMe();
  const people = usePeople();
  const permissionName = usePermissionName();
  const [asking, setAsking] = useState(false);
  const deputies = useQuery({ queryKey: ['deputies'], queryFn: () => read(api.GET('/api/v1/deputies')) });
  const body = () => {
    if (deputies.isPending) return <RowsSkeleton rows={2} />;
    if (deputies.isError) return <Refusal error={deputies.error} retry={() => void deputies.refetch()} />;
    if (deputies.data.items.length === 0) return <Empty title={t('deputiesNone')} why={t('deputiesWhy')} />;
    return (
      <SmallTable<Deputy>
        label={t('deputies')}
        rows={deputies.data.items}
        idOf={({ id }) => id}
        columns={[
          {
            key: 'who',
            title: t('deputy'),
            render: ({ personId, deputyId }) =>
              personId === me.person.id ? t('actsForMe', { name: people.nameOf(deputyId) }) : t('iActFor', { name: people.nameOf(personId) }),
          },
          { key: 'may', title: t('may'), render: ({ permissions }) => permissions.map(permissionName).join('、') },
          { key: 'from', title: t('from'), render: ({ from }) => dateAndTime(from) },
          { key: 'until', title: t('until'), render: ({ until }) => (until === null ? '–' : dateAndTime(until)) },
          { key: 'end', title: '', render: ({ id }) => <EndButton id={id} /> },
        ]}
      />
    );
  };
  return (
    <Section title={t('deputies')}>
      {body()}
      {people.isKnown ? <Button onClick={() => setAsking(true)}>{t('deputyNew')}</Button> : <p>{t('deputyAsk')}</p>}
      {asking && <NewDeputy close={() => setAsking(false)} />}
    </Section>
  );
}

function EndButton({ id }: { readonly id: string }) {
  const t = useTexts(texts);
  const end = useCommand((_: null, header) => read(api.POST('/api/v1/deputies/{id}/end', { params: { path: { id }, header } })));
  return (
    <>
      <Button loading={end.isRunning} onClick={() => void end.run(null)}>
        {t('deputyEnd')}
      </Button>
      {end.problem && <Refusal error={end.problem} />}
    </>
  );
}

function NewDeputy({ close }: { readonly close: () => void }) {
  const t = useTexts(texts);
  const me = useMe();
  const people = usePeople();
  const permissionName = usePermissionName();
  const own = [...new Set(me.grants.filter((grant) => grant.for === undefined).flatMap(({ permissions }) => permissions))].sort();
  return (
    <CommandDrawer
      title={t('deputyNew')}
      action={t('deputyAppoint')}
      fields={[
        { name: 'deputyId', label: t('deputy'), kind: 'choice', options: people.choices.filter(({ value }) => value !== me.person.id) },
        {
          name: 'permissions',
          label: t('may'),
          hint: t('deputyMayHint'),
          kind: 'choices',
          options: own.filter((it) => !NEVER.test(it)).map((value) => ({ value, label: permissionName(value) })),
        },
        { name: 'from', label: t('firstDay'), hint: t('fromNow'), kind: 'day', isOptional: true },
        { name: 'until', label: t('lastDay'), hint: t('deputyLife'), kind: 'day' },
      ]}
      send={({ text, list }, header) => {
        const from = text('from');
        return read(
          api.POST('/api/v1/deputies', {
            params: { header },
            body: {
              deputyId: text('deputyId') ?? '',
              permissions: [...list('permissions')] as Permission[],
              until: `${text('until')}T23:59:59+08:00`,
              ...(from !== undefined && { from: `${from}T00:00:00+08:00` }),
            },
          }),
        );
      }}
      close={close}
    />
  );
}
