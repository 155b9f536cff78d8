import { useState } from 'react';
import { Button, Input } from 'antd';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Field } from '../../blocks/form/field.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import type { Project } from './projects.ts';
import { texts } from './texts.ts';
import styles from './unit.module.css';

interface Props {
  readonly project: Project;
  readonly unitId: string;
  readonly close: () => void;
}

export function DeclineForm({ project: { id, number }, unitId, close }: Props) {
  const t = useTexts(texts);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const decline = useCommand(
    (body: { unitId: string; reason: string }, header) => read(api.POST('/api/v1/projects/{id}/decline', { params: { path: { id }, header }, body })),
    () => announceDone(t('declined', { number })),
  );
  const send = (): void => {
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') void decline.run({ unitId, reason: reason.trim() });
  };
  return (
    <div className={styles['form']}>
      <p className={styles['warning']}>{t('declineWarning')}</p>
      {decline.problem && <Refusal error={decline.problem} />}
      <Field name={`decline-${id}`} label={t('declineReason')} error={isMissing ? t('declineMissing') : undefined}>
        {(inside) => <Input.TextArea {...inside} rows={3} maxLength={4000} value={reason} onChange={({ target }) => setReason(target.value)} autoFocus />}
      </Field>
      <div className={styles['buttons']}>
        <Button danger loading={decline.isRunning} onClick={send}>
          {decline.isRunning ? t('claiming') : t('declineSend')}
        </Button>
        <Button onClick={close}>{t('declineCancel')}</Button>
      </div>
    </div>
  );
}
