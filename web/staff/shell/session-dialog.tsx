import { useEffect, useRef, useState } from 'react';
import { Modal } from 'antd';
import { onSessionEnd } from '../../shared/api/session.ts';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { SignInForm } from './sign-in-form.tsx';

const texts = defineTexts('staff/shell/session', {
  title: { zh: '登录已过期，请再登录一次', en: 'Your session ended; please sign in again' },
  why: {
    zh: '您写的内容都还在。登录后，刚才的操作会继续办理。',
    en: 'What you typed is still here. After signing in, what you did just now goes on.',
  },
});

/** On top of whatever the person was doing; the request that met the end of the session then goes out again. */
export function SessionDialog({ login, tenant }: { readonly login: string; readonly tenant: string }) {
  const t = useTexts(texts);
  const [open, setOpen] = useState(false);
  const goOn = useRef<() => void>(undefined);

  useEffect(() => {
    onSessionEnd(
      () =>
        new Promise((resolve) => {
          goOn.current = resolve;
          setOpen(true);
        }),
    );
    return () => onSessionEnd(undefined);
  }, []);

  return (
    <Modal title={t('title')} open={open} footer={null} closable={false} mask={{ closable: false }} keyboard={false} destroyOnHidden>
      <p>{t('why')}</p>
      <SignInForm
        login={login}
        tenant={tenant}
        onSignedIn={() => {
          setOpen(false);
          goOn.current?.();
        }}
      />
    </Modal>
  );
}
