import { Link } from 'react-router';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Empty } from '../../blocks/empty.tsx';
import { Page } from '../../blocks/page.tsx';
import { useRoleName } from '../../blocks/role-names.ts';
import { texts } from './texts.ts';

export function NoPermission({ usedBy }: { readonly usedBy: readonly string[] }) {
  const t = useTexts(texts);
  const roleName = useRoleName();
  const roles = new Intl.ListFormat(useLanguage(), { type: 'conjunction' }).format(usedBy.map(roleName));
  return (
    <Page title={t('noPermission')}>
      <Empty title={t('noPermissionWhy', { roles })}>
        <Link to="/">{t('home')}</Link>
      </Empty>
    </Page>
  );
}
