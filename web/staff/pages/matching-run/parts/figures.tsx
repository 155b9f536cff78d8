import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Door, Doors } from '../../../blocks/door.tsx';
import { Section } from '../../../blocks/page.tsx';
import { points } from '../../../blocks/points.ts';
import type { Run } from '../run.ts';
import { texts } from '../texts.ts';

/** How many are placed, and how good the plan is by its own proof. */
export function Figures({ run }: { readonly run: Run }) {
  const t = useTexts(texts);
  const first = useQuery({
    queryKey: ['matching-decisions', run.id, run.revision, 'first'],
    queryFn: () => read(api.GET('/api/v1/matching-runs/{id}/decisions', { params: { path: { id: run.id }, query: { limit: 1 } } })),
  });
  const certificate = first.data?.items[0]?.decision.certificate;
  const value = points(run.value ?? 0);
  const [matched, unmatched] = [run.matched ?? 0, run.unmatched ?? 0];
  return (
    <Section title={t('figures')}>
      <Doors label={t('figures')}>
        <Door label={t('needs')} value={matched + unmatched} to="?" />
        <Door label={t('matched')} value={matched} to="?placed=true" />
        <Door label={t('unmatched')} value={unmatched} to="?placed=false" />
        <Door label={t('changes')} value={run.choices.length} to="#changes" />
      </Doors>
      {run.rule === 'stable' && <p>{t('stable', { value })}</p>}
      {certificate && <p>{t('optimal', { gap: points(certificate.gap), value })}</p>}
    </Section>
  );
}
