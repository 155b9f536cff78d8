import { useEffect, type ReactNode } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { rememberSignedIn } from '../../../shared/api/session.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { useMeQuery } from '../../me.ts';
import { ReadingTools } from '../../shell/reading-tools.tsx';
import { SignInForm } from '../../shell/sign-in-form.tsx';
import { PasswordForm } from './password-form.tsx';
import styles from './page.module.css';
import { texts } from './texts.ts';

/** What a provider's answer came to. */
const PROBLEMS = ['OPENID_REFUSED', 'OPENID_UNLINKED', 'OPENID_UNAVAILABLE'] as const;

/** `?to=`: where the reader wanted to go; a path of our own, never another site. */
function destination(search: URLSearchParams): string {
  const to = search.get('to') ?? '/';
  return /^\/(?![/\\])/.test(to) ? to : '/';
}

export default function SignInPage() {
  const t = useTexts(texts);
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const me = useMeQuery();
  const problem = search.get('problem');
  const goOn = async (): Promise<void> => {
    await queries.invalidateQueries();
    await navigate(destination(search), { replace: true });
  };

  const mustSet = me.data?.mustSetPassword === true;
  if (me.data && (mustSet || search.has('password'))) {
    return (
      <Frame title={mustSet ? t('firstTitle') : t('changeTitle')}>
        <p>{mustSet ? t('firstWhy') : t('changeWhy')}</p>
        <PasswordForm login={me.data.account.login} onSaved={() => void goOn()} />
        {!mustSet && <a href="/">{t('back')}</a>}
      </Frame>
    );
  }
  return (
    <Frame title={t('title')}>
      {search.has('out') && <p role="status">{t('signedOut')}</p>}
      {problem !== null && (
        <p role="alert" className={styles['problem']}>
          ⚠ {t(PROBLEMS.find((it) => it === problem) ?? 'OPENID_REFUSED')}
        </p>
      )}
      <SignInForm onSignedIn={() => void goOn()} />
      <Providers />
      <p className={styles['aside']}>{t('forgotten')}</p>
      <p className={styles['aside']}>
        {t('residents')}
        <a href="/p/need">{t('raise')}</a> · <a href="/p/follow">{t('follow')}</a>
      </p>
    </Frame>
  );
}

/** Signing in elsewhere, where the installation has it. */
function Providers() {
  const t = useTexts(texts);
  const providers = useQuery({ queryKey: ['providers'], queryFn: () => read(api.GET('/api/v1/sign-in/providers')) });
  return providers.data?.items.map(({ label, href }) => (
    <p key={href}>
      <a href={href} onClick={() => rememberSignedIn(true)}>
        {t('elsewhere', { label })}
      </a>
    </p>
  ));
}

function Frame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const t = useTexts(texts);
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <img src="/icon.svg" alt="" width={36} height={36} />
        <span>{t('product')}</span>
      </header>
      <main className={styles['card']}>
        <h1>{title}</h1>
        {children}
      </main>
      <footer className={styles['tools']}>
        <ReadingTools />
      </footer>
    </div>
  );
}
