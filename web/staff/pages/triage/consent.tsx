import { useState } from 'react';
import { Button, Modal, Radio } from 'antd';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { useNeedsWords } from '../../blocks/needs-words.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { texts } from './texts.ts';

type How = 'paper' | 'oral';

/** A resident takes their consent back: what names them is destroyed. */
export function Consent({ id }: { readonly id: string }) {
  const t = useTexts(texts);
  const words = useNeedsWords();
  const [asking, setAsking] = useState(false);
  const [channel, setChannel] = useState<How>('paper');
  const withdraw = useCommand(
    (how: How, key) => read(api.POST('/api/v1/needs/{id}/withdraw-consent', { params: { path: { id }, header: key }, body: { channel: how } })),
    () => {
      setAsking(false);
      announceDone(`✓ ${t('withdrawn')}`);
    },
  );
  return (
    <>
      <Button type="text" onClick={() => setAsking(true)}>
        {t('withdraw')}
      </Button>
      <Modal
        title={t('withdrawHow')}
        open={asking}
        okText={t('withdraw').replace('…', '')}
        cancelText={t('cancel')}
        okButtonProps={{ danger: true, loading: withdraw.isRunning }}
        onOk={() => void withdraw.run(channel)}
        onCancel={() => setAsking(false)}
        destroyOnHidden
      >
        {withdraw.problem && <Refusal error={withdraw.problem} />}
        <p>{t('withdrawWhat')}</p>
        <Radio.Group
          aria-label={t('withdrawHow')}
          value={channel}
          options={(['paper', 'oral'] as const).map((value) => ({ value, label: words('consent', value) }))}
          onChange={({ target }) => setChannel(target.value as How)}
        />
      </Modal>
    </>
  );
}
