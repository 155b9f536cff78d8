import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { dateAndTime } from '../../../../shared/format/time.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Button } from '../../../blocks/button.tsx';
import { FiguresTable } from '../../../blocks/figures-table.tsx';
import { OfferUnit, ProposalName } from '../../../blocks/named.tsx';
import { Section } from '../../../blocks/page.tsx';
import { points } from '../../../blocks/points.ts';
import { holds, useMe } from '../../../me.ts';
import { useRunCommand, type Run } from '../run.ts';
import { texts } from '../texts.ts';
import { ReasonDrawer } from './reason-drawer.tsx';

/** What people have changed about the plan, why, and what it costs. */
export function Changes({ run }: { readonly run: Run }) {
  const t = useTexts(texts);
  const me = useMe();
  const [isUndoing, setUndoing] = useState(false);
  const params = { path: { id: run.id } };
  const reasons = useQuery({
    queryKey: ['matching-reasons', run.id, run.version],
    queryFn: () => read(api.GET('/api/v1/matching-runs/{id}/reasons', { params })),
  });
  const undo = useRunCommand(
    run.id,
    (reason: string, header) => read(api.POST('/api/v1/matching-runs/{id}/change', { params: { ...params, header }, body: { choices: [], reason } })),
    () => setUndoing(false),
  );
  const written = reasons.data ?? [];
  if (run.choices.length === 0 && written.length === 0) return null;
  return (
    <div id="changes">
      <Section title={t('choices')}>
        <p>{t('changesPrice', { count: run.choices.length, points: points(run.price ?? 0) })}</p>
        {run.choices.length > 0 && (
          <FiguresTable
            label={t('changes')}
            columns={[{ title: t('need') }, { title: t('kind') }, { title: t('unit') }]}
            rows={run.choices.map(({ proposalId, offerId, forbid }) => ({
              key: `${proposalId} ${offerId}`,
              cells: [
                <ProposalName key="name" id={proposalId} />,
                t(forbid ? 'choice.forbid' : offerId === null ? 'choice.leaveOut' : 'choice.pin'),
                offerId === null ? '–' : <OfferUnit key="unit" id={offerId} />,
              ],
            }))}
          />
        )}
        <ul>
          {written.map(({ id, kind, reason, at }) => (
            <li key={id}>
              {dateAndTime(at)} {t(`why.${kind}`)}: {reason}
            </li>
          ))}
        </ul>
        {run.status === 'solved' && run.choices.length > 0 && holds(me, 'matching.override') && (
          <Button onClick={() => setUndoing(true)}>{t('undoAll')}</Button>
        )}
        {isUndoing && <ReasonDrawer title={t('undoAll').replace('…', '')} action={t('doUndo')} command={undo} close={() => setUndoing(false)} />}
      </Section>
    </div>
  );
}
