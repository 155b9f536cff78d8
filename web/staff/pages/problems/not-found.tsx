import { Link } from 'react-router';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Empty } from '../../blocks/empty.tsx';
import { Page } from '../../blocks/page.tsx';
import { texts } from './texts.ts';

export function NotFound() {
  const t = useTexts(texts);
  return (
    <Page title={t('notFound')}>
      <Empty title={t('notFoundWhy')}>
        <Link to="/">{t('home')}</Link>
      </Empty>
    </Page>
  );
}
