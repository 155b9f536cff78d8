import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Door, Doors } from '../../../blocks/door.tsx';
import { usePoints } from '../points.ts';
import styles from '../unit.module.css';
import { texts } from './texts.ts';

const MOST = 100;

/** How many projects, needs solved and points; each opens its rows. */
export function Figures({ unitId }: { readonly unitId: string }) {
  const t = useTexts(texts);
  const points = usePoints(unitId);
  const projects = useQuery({
    queryKey: ['projects', 'led', unitId],
    queryFn: () => read(api.GET('/api/v1/projects', { params: { query: { leadUnit: unitId, limit: MOST } } })),
  });
  if (!projects.data) return null;
  const { items, next } = projects.data;
  return (
    <div className={styles['doors']}>
      <Doors label={t('doors')}>
        <Door label={t('projects')} value={next === null ? items.length : `${items.length}+`} to={`/projects?leadUnit=${unitId}`} />
        {points.data && <Door label={t('points')} value={points.data.posted} to="/unit/honours" />}
      </Doors>
    </div>
  );
}
