import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { api } from '../../shared/api/client.ts';
import { onSessionEnd, rememberSignedIn } from '../../shared/api/session.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { useMe } from '../me.ts';
import { Disclosure } from '../blocks/disclosure.tsx';
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
  return (
    <Disclosure isPlain label={t('account')} side="end">
      {(close) => (
        <>
          <p>{`${me.person.name} · ${me.account.login}`}</p>
          <ul>
            <li>
              <Link to="/account" onClick={close}>
                {t('myAccount')}
              </Link>
            </li>
            <li>
              <Link to="/sign-in?password=1" onClick={close}>
                {t('password')}
              </Link>
            </li>
            <li>
              <button type="button" onClick={() => void signOut()}>
                {t('signOut')}
              </button>
            </li>
          </ul>
        </>
      )}
    </Disclosure>
  );
}
