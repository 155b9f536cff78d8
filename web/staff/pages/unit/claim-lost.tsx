import { Link } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import type { Problem } from '../../../shared/api/problem.ts';
import { clockOf } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { useUnitName } from '../../blocks/units.ts';
import { useOpenProjects } from './projects.ts';
import { texts } from './texts.ts';
import styles from './unit.module.css';

interface Props {
  readonly projectId: string;
  readonly category: string;
  readonly unitId: string;
  readonly refusal: Problem;
}

/** Who was first and when, and what can still be done. */
export function ClaimLost({ projectId: id, category, unitId, refusal }: Props) {
  const t = useTexts(texts);
  const unitName = useUnitName();
  const open = useOpenProjects();
  const found = useQuery({
    queryKey: ['project', id, 'claimed'],
    queryFn: async () => {
      const params = { path: { id } };
      const [project, history] = await Promise.all([
        read(api.GET('/api/v1/projects/{id}', { params })),
        read(api.GET('/api/v1/projects/{id}/history', { params })),
      ]);
      return { lead: project.leadUnit, at: history.findLast(({ type }) => type === 'claimed' || type === 'assigned')?.at };
    },
  });
  if (found.isPending) return <RowsSkeleton rows={1} />;
  const { lead, at } = found.data ?? {};
  if (!lead || at === undefined) return <Refusal error={refusal} />;
  const similar = (open.data ?? []).filter((project) => project.category === category && project.id !== id).length;
  const time = clockOf(at);
  return (
    <div role="alert" className={styles['lost']}>
      <p>{lead === unitId ? t('lostOwn', { time }) : t('lost', { unit: unitName(lead), time })}</p>
      <Link className={styles['button']} to={`/unit/projects/${id}/contribute`}>
        {t('coFund')}
      </Link>{' '}
      <Link className={styles['button']} to={similar === 0 ? '/unit/open' : `/unit/open?category=${category}`}>
        {t('similar', { count: similar === 0 ? (open.data?.length ?? 0) : similar })}
      </Link>
    </div>
  );
}
