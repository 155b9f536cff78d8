import { useState } from 'react';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { CommandDrawer } from '../../blocks/command-drawer.tsx';
import { Empty } from '../../blocks/empty.tsx';
import { Section } from '../../blocks/page.tsx';
import { usePlaces } from '../../blocks/places.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { ROLES, useRoleName } from '../../blocks/role-names.ts';
import { SmallTable } from '../../blocks/small-table.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { texts } from './texts.ts';
import type { Grant, Person, Role } from './types.ts';

export function Grants({ person, mayGrant }: { readonly person: Person; readonly mayGrant: boolean }) {
  const t = useTexts(texts);
  const roleName = useRoleName();
  const { nameOf } = usePlaces();
  const [granting, setGranting] = useState(false);
  return (
    <Section title={t('grants')}>
      {person.grants.length === 0 ? (
        <Empty title={t('grantsNone')} why={t('grantsWhy')} />
      ) : (
        <SmallTable<Grant>
          label={t('grants')}
          rows={person.grants}
          idOf={({ id }) => id}
          columns={[
            { key: 'role', title: t('role'), render: ({ role }) => <strong>{roleName(role)}</strong> },
            { key: 'where', title: t('where'), render: ({ orgPath }) => nameOf(orgPath) },
            { key: 'from', title: t('from'), render: ({ from }) => dateAndTime(from) },
            { key: 'until', title: t('until'), render: ({ until }) => (until === null ? t('untilRevoked') : dateAndTime(until)) },
            { key: 'state', title: t('state'), render: (grant) => <State grant={grant} /> },
            { key: 'revoke', title: '', render: (grant) => mayGrant && standingOf(grant) !== 'over' && <RevokeButton id={grant.id} role={roleName(grant.role)} /> },
          ]}
        />
      )}
      {mayGrant && <Button onClick={() => setGranting(true)}>{t('grant')}</Button>}
      {granting && <NewGrant personId={person.id} close={() => setGranting(false)} />}
    </Section>
  );
}

/** Grants count by the wall clock, whatever the business clock says. */
function standingOf({ from, until }: Grant): 'ahead' | 'now' | 'over' {
  const now = Date.now();
  if (until !== null && Date.parse(until) <= now) return 'over';
  return Date.parse(from) > now ? 'ahead' : 'now';
}

function State({ grant }: { readonly grant: Grant }) {
  const t = useTexts(texts);
  const standing = standingOf(grant);
  return <StatusTag standing={standing === 'now' ? 'done' : standing === 'ahead' ? 'soon' : 'others'}>{t(`grant.${standing}`)}</StatusTag>;
}

function RevokeButton({ id, role }: { readonly id: string; readonly role: string }) {
  const t = useTexts(texts);
  const revoke = useCommand(
    (_: null, header) => read(api.POST('/api/v1/grants/{id}/revoke', { params: { path: { id }, header } })),
    () => announceDone(`✓ ${t('revoked', { role })}`),
  );
  return (
    <>
      <Button danger aria-label={t('revokeNamed', { role })} loading={revoke.isRunning} onClick={() => void revoke.run(null)}>
        {t('revoke')}
      </Button>
      {revoke.problem && <Refusal error={revoke.problem} />}
    </>
  );
}

function NewGrant({ personId: id, close }: { readonly personId: string; readonly close: () => void }) {
  const t = useTexts(texts);
  const roleName = useRoleName();
  const { choices } = usePlaces();
  return (
    <CommandDrawer
      title={t('grant')}
      action={t('grantDo')}
      fields={[
        { name: 'role', label: t('role'), kind: 'choice', options: ROLES.map((value) => ({ value, label: roleName(value) })) },
        { name: 'orgPath', label: t('where'), hint: t('whereHint'), kind: 'choice', options: choices },
        { name: 'from', label: t('firstDay'), hint: t('fromNow'), kind: 'day', isOptional: true },
        { name: 'until', label: t('lastDay'), hint: t('untilHint'), kind: 'day', isOptional: true },
      ]}
      send={({ text }, header) => {
        const [from, until] = [text('from'), text('until')];
        return read(
          api.POST('/api/v1/people/{id}/grants', {
            params: { path: { id }, header },
            body: {
              role: text('role') as Role,
              orgPath: text('orgPath') ?? '',
              ...(from && { from: `${from}T00:00:00+08:00` }),
              ...(until && { until: `${until}T23:59:59+08:00` }),
            },
          }),
        );
      }}
      done={({ role }) => announceDone(`✓ ${t('granted', { role: roleName(role) })}`)}
      close={close}
    />
  );
}
