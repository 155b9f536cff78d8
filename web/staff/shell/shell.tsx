import { Suspense, useEffect, useRef } from 'react';
import { Navigate, Outlet, useLocation, useMatches } from 'react-router';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { ProblemPage } from '../blocks/problem.tsx';
import { later } from '../blocks/later.ts';
import { PageSkeleton } from '../blocks/skeletons.tsx';
import { UndoBar } from '../blocks/undo.tsx';
import { holds, MeContext, useMeQuery, type Me } from '../me.ts';
import { isPage, type Page } from '../page-list.ts';
import { NoPermission } from '../pages/problems/no-permission.tsx';
import { Header } from './header.tsx';
import { useGuide } from './guide.ts';
import { Live } from './live.tsx';
import { homeOf } from './navigation.ts';
import { SecondFactorDialog, SecondFactorNeeded } from './second-factor-dialog.tsx';
import { SessionDialog } from './session-dialog.tsx';
import styles from './shell.module.css';
import { texts } from './texts.ts';

const Guide = later(() => import('./guide-steps.tsx'));

/** Everything around a page: who is signed in, header, navigation, and the dialog for a session that ends. */
export function Shell() {
  const me = useMeQuery();
  const { pathname, search } = useLocation();
  if (me.data) return me.data.mustSetPassword ? <Navigate to="/sign-in?first=1" replace /> : <Frame me={me.data} />;
  if (me.isPending) return <PageSkeleton />;
  if (me.isError) return <ProblemPage error={me.error} retry={() => void me.refetch()} />;
  const after = pathname === '/' ? '' : `?to=${encodeURIComponent(pathname + search)}`;
  return <Navigate to={`/sign-in${after}`} replace />;
}

function Frame({ me }: { readonly me: Me }) {
  const t = useTexts(texts);
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const [guide, putAway] = useGuide(me, pathname === homeOf(me, isPage));
  const page = useMatches()
    .map(({ handle }) => handle as Page | undefined)
    .findLast((it) => it !== undefined);
  const needed = page?.needs === undefined ? [] : [page.needs].flat();
  const isClosed = needed.length > 0 && !needed.some((permission) => holds(me, permission));
  const isWithheld = needed.some((permission) => me.withheld.includes(permission));

  // A new page is read from its top, also by a screen reader.
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <MeContext value={me}>
      <a
        className={styles['skip']}
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('skip')}
      </a>
      <Header />
      {me.tenant.isSample && <p className={styles['sample']}>{t('sample')}</p>}
      <Live />
      <main ref={main} id="content" tabIndex={-1} className={styles['main']}>
        <Suspense fallback={<div className={styles['guidePlace']} />}>{guide && <Guide close={putAway} />}</Suspense>
        {!isClosed ? <Outlet /> : isWithheld ? <SecondFactorNeeded /> : <NoPermission usedBy={page?.usedBy ?? []} />}
      </main>
      <UndoBar />
      <SecondFactorDialog />
      <SessionDialog login={me.account.login} tenant={me.tenant.id} />
    </MeContext>
  );
}
