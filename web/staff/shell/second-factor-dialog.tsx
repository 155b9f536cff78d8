import { Suspense, useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { onSecondFactorNeeded, secondFactorShown } from '../../shared/api/session.ts';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { Button } from '../blocks/button.tsx';
import { Empty } from '../blocks/empty.tsx';
import { Page } from '../blocks/page.tsx';
import { later } from '../blocks/later.ts';

const texts = defineTexts('staff/shell/second-factor-dialog', {
  pageTitle: { zh: '打开本页需要第二验证方式', en: 'This page needs your second factor' },
  pageWhy: {
    zh: '授权、审计等权限，密码之外还要验证一次。本次登录内只需一次。',
    en: 'Rights such as granting and auditing need more than a password; once for each session.',
  },
  show: { zh: '去验证', en: 'Show it' },
});

const SecondFactorWindow = later(() => import('./second-factor-window.tsx'));

/** On top of whatever the person was doing; the request that was refused then goes out again. */
export function SecondFactorDialog() {
  const queries = useQueryClient();
  const [open, setOpen] = useState<boolean>();
  const answer = useRef<(shown: boolean) => void>(undefined);

  useEffect(() => {
    onSecondFactorNeeded(
      () =>
        new Promise((resolve) => {
          answer.current = resolve;
          setOpen(true);
        }),
    );
    return () => onSecondFactorNeeded(undefined);
  }, []);

  const close = (shown: boolean): void => {
    setOpen(false);
    answer.current?.(shown);
    if (shown) void queries.invalidateQueries({ queryKey: ['me'] });
  };
  return <Suspense>{open !== undefined && <SecondFactorWindow open={open} close={close} />}</Suspense>;
}

/** In place of a page whose right its reader holds, but only with a second factor. */
export function SecondFactorNeeded() {
  const t = useTexts(texts);
  return (
    <Page title={t('pageTitle')}>
      <Empty title={t('pageTitle')} why={t('pageWhy')}>
        <Button type="primary" onClick={() => void secondFactorShown()}>
          {t('show')}
        </Button>
      </Empty>
    </Page>
  );
}
