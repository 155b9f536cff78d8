import { Button, Dropdown } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { api } from '../../shared/api/client.ts';
import { onSessionEnd, rememberSignedIn } from '../../shared/api/session.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { useMe } from '../me.ts';
import { texts } from './texts.ts';

export function AccountMenu() {
  const t = useTexts(texts);
  const me = useMe();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const signOut = async (): Promise<void> => {
    onSessionEnd(undefined);
    await api.POST('/api/v1/sign-out');
    rememberSignedIn(false);
    await navigate('/sign-in?out=1');
    queries.clear();
  };

  const items = [
    { key: 'who', type: 'group' as const, label: `${me.person.name} · ${me.account.login}` },
    { key: 'mine', label: <Link to="/account">{t('myAccount')}</Link> },
    { key: 'password', label: <Link to="/sign-in?password=1">{t('password')}</Link> },
    { key: 'out', label: t('signOut'), onClick: () => void signOut() },
  ];
  return (
    <Dropdown trigger={['click']} placement="bottomRight" menu={{ items }}>
      <Button type="text">{t('account')} ▾</Button>
    </Dropdown>
  );
}
