import { useState } from 'react';
import { useParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { ActionMenu } from '../../blocks/action-menu.tsx';
import { CommandDrawer } from '../../blocks/command-drawer.tsx';
import { Facts } from '../../blocks/facts.tsx';
import { Page, Section } from '../../blocks/page.tsx';
import { usePeople } from '../../blocks/people.ts';
import { usePlaces } from '../../blocks/places.ts';
import { ProblemPage } from '../../blocks/problem.tsx';
import { Reveal } from '../../blocks/reveal.tsx';
import { PageSkeleton } from '../../blocks/skeletons.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { useUnitName, useUnits } from '../../blocks/units.ts';
import { holds, mayAsk, useMe } from '../../me.ts';
import { Accounts } from './accounts.tsx';
import { Grants } from './grants.tsx';
import { texts } from './texts.ts';
import type { Person } from './types.ts';

export default function PersonPage() {
  const { id = '' } = useParams();
  const found = useQuery({ queryKey: ['person', id], queryFn: () => read(api.GET('/api/v1/people/{id}', { params: { path: { id } } })) });
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <ProblemPage error={found.error} retry={() => void found.refetch()} />;
  return <Shown person={found.data} />;
}

function Shown({ person }: { readonly person: Person }) {
  const t = useTexts(texts);
  const me = useMe();
  const unitName = useUnitName();
  const { nameOf } = usePlaces();
  const [asked, ask] = useState<'edit' | 'leave'>();
  const mayManage = mayAsk(me, 'accounts.manage') && !person.erased;
  const mayGrant = mayAsk(me, 'accounts.grant') && person.id !== me.person.id;
  const name = person.erased ? t('erased') : person.name;
  return (
    <Page
      title={name}
      actions={
        (mayManage || mayGrant) && (
          <ActionMenu
            label={t('more')}
            items={[
              ...(mayManage ? [{ key: 'edit', label: t('edit'), onClick: () => ask('edit') }] : []),
              ...(mayGrant ? [{ key: 'leave', label: t('leave'), isGrave: true, onClick: () => ask('leave') }] : []),
            ]}
          />
        )
      }
    >
      <Section title={t('facts')}>
        <Facts
          facts={[
            [t('name'), <Masked key="name" person={person} field="name" shown={name} />],
            [t('phone'), <Masked key="phone" person={person} field="phone" shown={person.phone ?? '–'} />],
            [t('unit'), person.unitId === null ? '–' : unitName(person.unitId)],
            [t('place'), nameOf(person.orgPath)],
          ]}
        />
      </Section>
      <Accounts person={person} mayManage={mayManage} />
      <Grants person={person} mayGrant={mayGrant} />
      {asked === 'edit' && <EditPerson person={person} close={() => ask(undefined)} />}
      {asked === 'leave' && <Leave person={person} close={() => ask(undefined)} />}
    </Page>
  );
}

/** With a way behind the mask, where something is kept. */
function Masked({ person, field, shown }: { readonly person: Person; readonly field: 'name' | 'phone'; readonly shown: string }) {
  const me = useMe();
  const isMasked = !holds(me, 'accounts.manage') && !person.erased && person[field] !== null;
  return (
    <>
      {shown} {isMasked && <Reveal record={{ kind: 'person', id: person.id }} field={field} />}
    </>
  );
}

interface DrawerProps {
  readonly person: Person;
  readonly close: () => void;
}

function EditPerson({ person, close }: DrawerProps) {
  const t = useTexts(texts);
  const units = useUnits();
  // The version that the form began with: what somebody else changed meanwhile is refused, not overwritten.
  const [{ id, version, name, phone, unitId }] = useState(person);
  return (
    <CommandDrawer
      title={t('edit')}
      action={t('save')}
      initial={{ name, phone, unitId: unitId ?? null }}
      fields={[
        { name: 'name', label: t('name'), kind: 'text', max: 50 },
        { name: 'phone', label: t('phone'), kind: 'text', max: 20, isOptional: true },
        { name: 'unitId', label: t('unit'), kind: 'choice', isOptional: true, options: [...(units.data?.values() ?? [])].map((it) => ({ value: it.id, label: it.name })) },
      ]}
      send={({ text }, header) =>
        read(
          api.PATCH('/api/v1/people/{id}', {
            params: { path: { id }, header: { ...header, 'If-Match': `"${version}"` } },
            body: { name: text('name') ?? '', phone: text('phone') ?? null, unitId: text('unitId') ?? null },
          }),
        )
      }
      done={() => announceDone(`✓ ${t('saved')}`)}
      close={close}
    />
  );
}

/** Roles pass to the successor, access ends: in one step, so that nothing is left waiting for nobody. */
function Leave({ person, close }: DrawerProps) {
  const t = useTexts(texts);
  const people = usePeople();
  const { id } = person;
  return (
    <CommandDrawer
      title={t('leave')}
      action={t('leaveDo')}
      warning={t('leaveWarning')}
      fields={[
        {
          name: 'successorId',
          label: t('successor'),
          hint: t('successorHint'),
          kind: 'choice',
          isOptional: true,
          options: people.choices.filter(({ value }) => value !== id),
        },
      ]}
      send={({ text }, header) => {
        const successorId = text('successorId');
        return read(api.POST('/api/v1/people/{id}/leave', { params: { path: { id }, header }, body: successorId ? { successorId } : {} }));
      }}
      done={({ waits }) => announceDone(`✓ ${t('left', { count: waits })}`)}
      close={close}
    />
  );
}
