import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { longDay } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { ActionMenu } from '../../blocks/action-menu.tsx';
import { CommandDrawer } from '../../blocks/command-drawer.tsx';
import { Facts } from '../../blocks/facts.tsx';
import { Page, Section } from '../../blocks/page.tsx';
import { ProblemPage } from '../../blocks/problem.tsx';
import { PageSkeleton } from '../../blocks/skeletons.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { PARTNERS, useUnitKindName } from '../../blocks/unit-kinds.ts';
import { useToday } from '../../blocks/workdays.ts';
import { holds, useMe } from '../../me.ts';
import { Memberships } from './memberships.tsx';
import { Members } from './members.tsx';
import { LEVELS, texts } from './texts.ts';
import type { Level, OrgUnit } from './types.ts';

export default function OrgUnitPage() {
  const { id = '' } = useParams();
  const found = useQuery({ queryKey: ['org-unit', id], queryFn: () => read(api.GET('/api/v1/org-units/{id}', { params: { path: { id } } })) });
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <ProblemPage error={found.error} retry={() => void found.refetch()} />;
  return <Shown unit={found.data} />;
}

function Shown({ unit }: { readonly unit: OrgUnit }) {
  const t = useTexts(texts);
  const kindName = useUnitKindName();
  const language = useLanguage();
  const me = useMe();
  const [asked, ask] = useState<'edit' | 'close'>();
  const mayManage = holds(me, 'units.manage') && unit.leftOn === null;
  return (
    <Page
      title={unit.name}
      lead={kindName(unit.kind)}
      actions={
        <>
          {holds(me, 'accounts.read') && <Link to={`/admin/accounts?unit=${unit.id}`}>{t('people')}</Link>}
          {mayManage && (
            <ActionMenu
              label={t('more')}
              items={[
                { key: 'edit', label: t('edit'), onClick: () => ask('edit') },
                { key: 'close', label: t('close'), isGrave: true, onClick: () => ask('close') },
              ]}
            />
          )}
        </>
      }
    >
      {unit.leftOn !== null && (
        <p>
          <StatusTag standing="others">{t('leftOn', { day: longDay(unit.leftOn, language) })}</StatusTag>
        </p>
      )}
      <Section title={t('facts')}>
        <Facts
          facts={[
            [t('name'), unit.name],
            [t('code'), unit.code],
            [t('level'), unit.level === null ? '–' : t(`level.${unit.level}`)],
            [t('contact'), unit.contactPost ?? '–'],
            [t('letterhead'), unit.letterhead ?? '–'],
            [t('signsAs'), unit.signsAs ?? unit.name],
            [t('note'), unit.note ?? '–'],
          ]}
        />
      </Section>
      {PARTNERS.includes(unit.kind) && <Memberships unit={unit} mayManage={mayManage} />}
      {unit.kind === 'community' && <Members communityId={unit.id} />}
      {asked === 'edit' && <EditUnit unit={unit} close={() => ask(undefined)} />}
      {asked === 'close' && <CloseUnit unit={unit} close={() => ask(undefined)} />}
    </Page>
  );
}

interface DrawerProps {
  readonly unit: OrgUnit;
  readonly close: () => void;
}

function EditUnit({ unit, close }: DrawerProps) {
  const t = useTexts(texts);
  // The version that the form began with: what somebody else changed meanwhile is refused, not overwritten.
  const [{ id, version, name, level, contactPost, note, letterhead, signsAs }] = useState(unit);
  return (
    <CommandDrawer
      title={t('edit')}
      action={t('save')}
      initial={{ name, level, contactPost, note, letterhead, signsAs }}
      fields={[
        { name: 'name', label: t('name'), hint: t('nameHint'), kind: 'text', max: 100 },
        { name: 'level', label: t('level'), kind: 'choice', isOptional: true, options: LEVELS.map((value) => ({ value, label: t(`level.${value}`) })) },
        { name: 'contactPost', label: t('contact'), kind: 'text', max: 200, isOptional: true },
        { name: 'letterhead', label: t('letterhead'), hint: t('letterheadHint'), kind: 'text', max: 40, isOptional: true },
        { name: 'signsAs', label: t('signsAs'), hint: t('signsAsHint'), kind: 'text', max: 100, isOptional: true },
        { name: 'note', label: t('note'), kind: 'text', max: 200, isOptional: true },
      ]}
      send={({ text }, header) =>
        read(
          api.PATCH('/api/v1/org-units/{id}', {
            params: { path: { id }, header: { ...header, 'If-Match': `"${version}"` } },
            body: {
              name: text('name') ?? '',
              level: (text('level') as Level | undefined) ?? null,
              contactPost: text('contactPost') ?? null,
              note: text('note') ?? null,
              letterhead: text('letterhead') ?? null,
              signsAs: text('signsAs') ?? null,
            },
          }),
        )
      }
      done={() => announceDone(`✓ ${t('saved')}`)}
      close={close}
    />
  );
}

function CloseUnit({ unit, close }: DrawerProps) {
  const t = useTexts(texts);
  const today = useToday();
  const [{ id, version }] = useState(unit);
  return (
    <CommandDrawer
      title={t('close')}
      action={t('closeDo')}
      warning={t('closeWarning')}
      initial={{ leftOn: today }}
      fields={[{ name: 'leftOn', label: t('leftDay'), hint: t('leftDayHint'), kind: 'day' }]}
      send={({ text }, header) =>
        read(
          api.POST('/api/v1/org-units/{id}/close', {
            params: { path: { id }, header: { ...header, 'If-Match': `"${version}"` } },
            body: { leftOn: text('leftOn') ?? '' },
          }),
        )
      }
      done={({ name }) => announceDone(`✓ ${t('closedDone', { name })}`)}
      close={close}
    />
  );
}
