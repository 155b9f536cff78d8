import { Navigate } from 'react-router';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { Empty } from '../blocks/empty.tsx';
import { useMe } from '../me.ts';
import { isPage } from '../page-list.ts';
import { homeOf, RESIDENTS_HOME } from './navigation.ts';
import { texts } from './texts.ts';

/** Everyone begins where their work is. */
export function Home() {
  const t = useTexts(texts);
  const home = homeOf(useMe(), isPage);
  if (home !== undefined) return <Navigate to={home} replace />;
  return (
    <Empty title={t('nothingHere')} why={t('nothingHereWhy')}>
      <a href={RESIDENTS_HOME}>{t('residents')}</a>
    </Empty>
  );
}
