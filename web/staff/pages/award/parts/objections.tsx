import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { dateAndTime } from '../../../../shared/format/time.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { useUnitName } from '../../../blocks/units.ts';
import styles from '../page.module.css';
import { texts } from '../texts.ts';

/** Who objected and why, for those who answer it; each reading is on record. */
export function Objections({ awardId }: { readonly awardId: string }) {
  const t = useTexts(texts);
  const unitName = useUnitName();
  const found = useQuery({
    queryKey: ['award', awardId, 'objections'],
    queryFn: () => read(api.GET('/api/v1/awards/{id}/objections', { params: { path: { id: awardId } } })),
  });
  if (found.isPending) return null;
  if (!found.data) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  if (found.data.items.length === 0) return null;
  return (
    <Section title={t('objections')}>
      {found.data.items.map(({ id, channel, unitId, name, phone, reason, state, at }) => (
        <blockquote key={id} className={styles['written']}>
          <div>
            <strong>{unitId === null ? [name, phone].filter((it) => it !== null).join(' ') : unitName(unitId)}</strong> {t(`objection.${channel}`)} ·{' '}
            {t(`objection.${state}`)} <time dateTime={at}>{dateAndTime(at)}</time>
          </div>
          {reason ?? t('forgotten')}
        </blockquote>
      ))}
    </Section>
  );
}
