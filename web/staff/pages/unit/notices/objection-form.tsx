import { useState } from 'react';
import { Button, Input } from 'antd';
import { api, read } from '../../../../shared/api/client.ts';
import { useCommand } from '../../../../shared/api/command.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Field } from '../../../blocks/form/field.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { announceDone } from '../../../blocks/undo.tsx';
import styles from '../unit.module.css';
import { texts } from './texts.ts';

export function ObjectionForm({ noticeId: id, close }: { readonly noticeId: string; readonly close: () => void }) {
  const t = useTexts(texts);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const object = useCommand(
    (body: { reason: string }, header) => read(api.POST('/api/v1/notices/{id}/object', { params: { path: { id }, header }, body })),
    () => {
      announceDone(t('sent'));
      close();
    },
  );
  const send = (): void => {
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') void object.run({ reason: reason.trim() });
  };
  return (
    <div className={styles['form']}>
      {object.problem && <Refusal error={object.problem} />}
      <Field name={`objection-${id}`} label={t('reason')} hint={t('reasonHint')} error={isMissing ? t('reasonMissing') : undefined}>
        {(inside) => <Input.TextArea {...inside} rows={4} maxLength={2000} value={reason} onChange={({ target }) => setReason(target.value)} autoFocus />}
      </Field>
      <div className={styles['buttons']}>
        <Button type="primary" loading={object.isRunning} onClick={send}>
          {t('send')}
        </Button>
        <Button onClick={close}>{t('cancel')}</Button>
      </div>
    </div>
  );
}
