import { useNavigate } from 'react-router';
import { api, read } from '../../../../shared/api/client.ts';
import { useCommand } from '../../../../shared/api/command.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { CheckPage } from '../../../blocks/check-page.tsx';
import { points } from '../../../blocks/points.ts';
import type { Run } from '../run.ts';
import { texts } from '../texts.ts';

/** A confirmed plan is carried out at once: offers go out. */
export function ConfirmCheck({ run }: { readonly run: Run }) {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const back = `/matching/${run.id}`;
  const confirm = useCommand(
    (body: { planHash: string }, header) => read(api.POST('/api/v1/matching-runs/{id}/confirm', { params: { path: { id: run.id }, header }, body })),
    () => void navigate(back),
  );
  return (
    <CheckPage
      title={t('confirmCheck')}
      changes={[
        { label: t('check.matched'), value: t('check.matchedText', { count: run.matched ?? 0 }), edit: `${back}?placed=true` },
        { label: t('check.unmatched'), value: t('check.unmatchedText', { count: run.unmatched ?? 0 }), edit: `${back}?placed=false` },
        { label: t('changes'), value: t('changesPrice', { count: run.choices.length, points: points(run.price ?? 0) }), edit: `${back}#changes` },
        { label: t('check.hash'), value: run.planHash ?? '' },
      ]}
      told={[t('check.toldUnits'), t('check.toldCommunities')]}
      action={t('confirm')}
      command={confirm}
      input={{ planHash: run.planHash ?? '' }}
      back={back}
    />
  );
}
