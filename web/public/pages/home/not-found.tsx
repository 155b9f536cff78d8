import { Link } from 'react-router';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { texts } from './texts.ts';

export function NotFound() {
  const t = useTexts(texts);
  return (
    <>
      <h1>{t('notFound')}</h1>
      <Link to="/p">{t('home')}</Link>
    </>
  );
}
