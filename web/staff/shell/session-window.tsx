import { Modal } from 'antd';
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

interface Props {
  readonly login: string;
  readonly tenant: string;
  readonly open: boolean;
  readonly onSignedIn: () => void;
}

export default function SessionWindow({ login, tenant, open, onSignedIn }: Props) {
  const t = useTexts(texts);
  return (
    <Modal title={t('title')} open={open} footer={null} closable={false} mask={{ closable: false }} keyboard={false} destroyOnHidden>
      <p>{t('why')}</p>
      <SignInForm login={login} tenant={tenant} onSignedIn={onSignedIn} />
    </Modal>
  );
}
