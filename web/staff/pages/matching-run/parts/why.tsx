import { Drawer } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { FiguresTable } from '../../../blocks/figures-table.tsx';
import { points } from '../../../blocks/points.ts';
import { Refusal } from '../../../blocks/problem.tsx';
import { RowsSkeleton } from '../../../blocks/skeletons.tsx';
import { useUnitName } from '../../../blocks/units.ts';
import { useIsPhone } from '../../../blocks/use-is-phone.ts';
import { holds, useMe, type Schemas } from '../../../me.ts';
import styles from '../page.module.css';
import type { Run } from '../run.ts';
import { texts } from '../texts.ts';
import { ChangeForm } from './change-form.tsx';
import { useReason } from './reasons.ts';

type Row = Schemas['MatchingPlannedDecision'];

/** Why this unit, why no other, and what would have to be different. */
export function Why({ run, proposalId, close }: { readonly run: Run; readonly proposalId: string; readonly close: () => void }) {
  const t = useTexts(texts);
  const isPhone = useIsPhone();
  const found = useQuery({
    queryKey: ['matching-decisions', run.id, run.revision, proposalId],
    queryFn: () => read(api.GET('/api/v1/matching-runs/{id}/decisions', { params: { path: { id: run.id }, query: { limit: 1, proposalId } } })),
  });
  const row = found.data?.items[0];
  const title = row?.proposal ? t('whyOf', { title: row.proposal.title }) : t('why');
  return (
    <Drawer open title={title} onClose={close} size={isPhone ? '100%' : 640} destroyOnHidden>
      {found.isError && <Refusal error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <RowsSkeleton rows={6} />}
      {row && <Reasons row={row} />}
      {row && run.status === 'solved' && <Change run={run} row={row} close={close} />}
    </Drawer>
  );
}

function Change({ run, row, close }: { readonly run: Run; readonly row: Row; readonly close: () => void }) {
  const t = useTexts(texts);
  const me = useMe();
  return (
    <section aria-label={t('change')}>
      <h3 className={styles['part']}>{t('change')}</h3>
      {holds(me, 'matching.override') ? <ChangeForm {...{ run, row, close }} /> : <p>{t('changeWho')}</p>}
    </section>
  );
}

function Reasons({ row: { decision, unitId } }: { readonly row: Row }) {
  const t = useTexts(texts);
  const unitName = useUnitName();
  const reason = useReason();
  const { best, alternatives, omitted = {}, counterfactual } = decision;
  const nearest = counterfactual && alternatives.find(({ target }) => target === counterfactual.target);
  const scored = best && [...Object.entries(best.scoreParts)].filter(([, part]) => part !== 0).sort(([, a], [, b]) => b - a);
  const partName = (part: string): string => {
    const key = texts.keys.find((it) => it === `part.${part}`);
    return key ? t(key) : part;
  };
  return (
    <>
      <h3 className={styles['part']}>{unitId === null ? t('whyNobody') : t('whyUnit', { unit: unitName(unitId) })}</h3>
      {best && scored && (
        <>
          <p>
            {scored.map(([part, value]) => `${partName(part)} ${points(value)}`).join(' + ')} = {points(best.score)}
          </p>
          <FiguresTable
            label={t('score')}
            columns={[{ title: t('why') }, { title: t('score'), align: 'end' }]}
            rows={scored.map(([part, value]) => ({ key: part, cells: [partName(part), points(value)] }))}
            sums={[t('sum'), points(best.score)]}
          />
        </>
      )}
      <h3 className={styles['part']}>{t('whyOthers')}</h3>
      {counterfactual && nearest && (
        <p>{t(counterfactual.onePlaceMore ? 'needsPlace' : 'needsPoints', { unit: unitName(nearest.unitId), points: points(counterfactual.pointsNeeded) })}</p>
      )}
      {alternatives.length > 0 && (
        <FiguresTable
          label={t('whyOthers')}
          columns={[{ title: t('unit') }, { title: t('score'), align: 'end' }, { title: t('loses'), align: 'end' }, { title: t('reason') }]}
          rows={alternatives.map(({ target, unitId: other, score, margin, marginAtLeast, reasonCode }) => ({
            key: target,
            cells: [
              unitName(other),
              score === undefined ? '–' : points(score),
              margin !== undefined ? points(margin) : marginAtLeast !== undefined ? t('atLeast', { points: points(marginAtLeast) }) : '–',
              reason(reasonCode),
            ],
          }))}
        />
      )}
      <ul>
        {Object.entries(omitted).map(([code, count]) => (
          <li key={code}>{t('outOf', { count: count ?? 0, reason: reason(code) })}</li>
        ))}
      </ul>
    </>
  );
}
