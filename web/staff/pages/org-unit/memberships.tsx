import { useState } from 'react';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { longDay } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { CommandDrawer } from '../../blocks/command-drawer.tsx';
import { Empty } from '../../blocks/empty.tsx';
import { Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { SmallTable } from '../../blocks/small-table.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { useUnitName, useUnits } from '../../blocks/units.ts';
import { texts } from './texts.ts';
import type { Membership, OrgUnit } from './types.ts';

/** Which communities a partner body works with, since when, and which it has left. */
export function Memberships({ unit, mayManage }: { readonly unit: OrgUnit; readonly mayManage: boolean }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const unitName = useUnitName();
  const units = useUnits();
  const [joining, setJoining] = useState(false);
  const open = unit.memberships.filter(({ leftOn }) => leftOn === null).map(({ communityId }) => communityId);
  const free = [...(units.data?.values() ?? [])].filter(({ id, kind }) => kind === 'community' && !open.includes(id));
  return (
    <Section title={t('memberships')}>
      {unit.memberships.length === 0 ? (
        <Empty title={t('membershipsNone')} why={t('membershipsWhy')} />
      ) : (
        <SmallTable<Membership>
          label={t('memberships')}
          rows={unit.memberships}
          idOf={({ communityId, joinedOn }) => `${communityId} ${joinedOn}`}
          columns={[
            { key: 'community', title: t('community'), render: ({ communityId }) => <strong>{unitName(communityId)}</strong> },
            { key: 'joined', title: t('joined'), render: ({ joinedOn }) => longDay(joinedOn, language) },
            { key: 'left', title: t('left'), render: ({ leftOn }) => (leftOn === null ? '–' : longDay(leftOn, language)) },
            {
              key: 'end',
              title: '',
              render: ({ communityId, leftOn }) =>
                mayManage && leftOn === null && <EndButton unitId={unit.id} communityId={communityId} name={unitName(communityId)} />,
            },
          ]}
        />
      )}
      {mayManage && <Button onClick={() => setJoining(true)}>{t('join')}</Button>}
      {joining && (
        <CommandDrawer
          title={t('join')}
          action={t('joinDo')}
          fields={[
            { name: 'communityId', label: t('community'), kind: 'choice', options: free.map(({ id, name }) => ({ value: id, label: name })) },
            { name: 'joinedOn', label: t('joined'), hint: t('fromToday'), kind: 'day', isOptional: true },
          ]}
          send={({ text }, header) => {
            const joinedOn = text('joinedOn');
            return read(
              api.POST('/api/v1/org-units/{id}/memberships', {
                params: { path: { id: unit.id }, header },
                body: { communityId: text('communityId') ?? '', ...(joinedOn && { joinedOn }) },
              }),
            );
          }}
          close={() => setJoining(false)}
        />
      )}
    </Section>
  );
}

interface EndProps {
  readonly unitId: string;
  readonly communityId: string;
  readonly name: string;
}

function EndButton({ unitId: id, communityId, name }: EndProps) {
  const t = useTexts(texts);
  const end = useCommand(
    (_: null, header) => read(api.POST('/api/v1/org-units/{id}/memberships/end', { params: { path: { id }, header }, body: { communityId } })),
    () => announceDone(`✓ ${t('ended', { name })}`),
  );
  return (
    <>
      <Button aria-label={t('endNamed', { name })} loading={end.isRunning} onClick={() => void end.run(null)}>
        {t('end')}
      </Button>
      {end.problem && <Refusal error={end.problem} />}
    </>
  );
}
