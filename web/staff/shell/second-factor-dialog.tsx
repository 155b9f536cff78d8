import { useEffect, useRef, useState } from 'react';
import { Button, Modal } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { onSecondFactorNeeded, secondFactorShown } from '../../shared/api/session.ts';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { Empty } from '../blocks/empty.tsx';
import { Page } from '../blocks/page.tsx';
import { StepUp } from '../blocks/second-factor/step-up.tsx';

const texts = defineTexts('staff/shell/second-factor-dialog', {
  title: { zh: '这件事需要第二验证方式', en: 'This needs your second factor' },
  why: {
    zh: '您写的内容都还在。验证后，刚才的操作会继续办理。',
    en: 'What you typed is still here. Once it is shown, what you did just now goes on.',
  },
  cancel: { zh: '暂不办理', en: 'Not now' },
  pageTitle: { zh: '打开本页需要第二验证方式', en: 'This page needs your second factor' },
  pageWhy: {
    zh: '授权、审计等权限，密码之外还要验证一次。本次登录内只需一次。',
    en: 'Rights such as granting and auditing need more than a password; once for each session.',
  },
  show: { zh: '去验证', en: 'Show it' },
});

/** On top of whatever the person was doing; the request that was refused then goes out again. */
export function SecondFactorDialog() {
  const t = useTexts(texts);
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
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
  return (
    <Modal
      title={t('title')}
      open={open}
      onCancel={() => close(false)}
      footer={<Button onClick={() => close(false)}>{t('cancel')}</Button>}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <p>{t('why')}</p>
      <StepUp onShown={() => close(true)} />
    </Modal>
  );
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
