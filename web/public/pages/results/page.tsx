import { Link } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../../blocks/blocks.module.css';
import { InDistrict } from '../../blocks/in-district.tsx';
import { Reading } from '../../blocks/reading.tsx';
import { useTitle } from '../../blocks/use-title.ts';
import { texts } from './texts.ts';

export default function ResultsPage() {
  const t = useTexts(texts);
  useTitle(t('title'));
  return (
    <>
      <h1>{t('title')}</h1>
      <InDistrict>{({ id }) => <Quarters tenant={id} />}</InDistrict>
    </>
  );
}

function Quarters({ tenant }: { readonly tenant: string }) {
  const t = useTexts(texts);
  const quarters = useQuery({
    queryKey: ['public-results', tenant],
    queryFn: () => read(api.GET('/api/v1/public/results', { params: { query: { tenant } } })),
  });
  return (
    <Reading query={quarters}>
      {({ items }) =>
        items.length === 0 ? (
          <p>{t('none')}</p>
        ) : (
          items.map(({ quarter, communities }) => (
            <article key={quarter} className={styles['card']}>
              <h2>
                <Link to={`/p/results/${quarter}`}>{t('of', { year: quarter.slice(0, 4), number: quarter.slice(5) })}</Link>
              </h2>
              <p>{t('communities', { count: communities })}</p>
            </article>
          ))
        )
      }
    </Reading>
  );
}
