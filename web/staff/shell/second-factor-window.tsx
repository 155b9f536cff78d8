import { Button, Modal } from 'antd';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { StepUp } from '../blocks/second-factor/step-up.tsx';

const texts = defineTexts('staff/shell/second-factor-window', {
  title: { zh: '这件事需要第二验证方式', en: 'This needs your second factor' },
  why: {
    zh: '您写的内容都还在。验证后，刚才的操作会继续办理。',
    en: 'What you typed is still here. Once it is shown, what you did just now goes on.',
  },
  cancel: { zh: '暂不办理', en: 'Not now' },
});

export default function SecondFactorWindow({ open, close }: { readonly open: boolean; readonly close: (shown: boolean) => void }) {
  const t = useTexts(texts);
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
