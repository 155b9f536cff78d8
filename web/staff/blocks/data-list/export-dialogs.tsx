import { useState } from 'react';
import { Input, Modal } from 'antd';
import { Link } from 'react-router';
import type { Problem } from '../../../shared/api/problem.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import type { Schemas } from '../../me.ts';
import { Refusal } from '../problem.tsx';
import { texts } from './texts.ts';

interface Props {
  /** Whether the reason is being asked for. */
  readonly asking: boolean;
  readonly isRunning: boolean;
  readonly problem: Problem | undefined;
  readonly send: (reason: string) => void;
  /** What a second person has to release. */
  readonly waiting: Schemas['Export'] | undefined;
  readonly close: () => void;
}

export default function ExportDialogs({ asking, isRunning, problem, send, waiting, close }: Props) {
  const t = useTexts(texts);
  const [reason, setReason] = useState('');
  const submit = (): void => {
    if (reason.trim() !== '') send(reason.trim());
  };
  return (
    <>
      <Modal title={t('exportPersonal')} open={asking} okText={t('export')} cancelText={t('cancel')} confirmLoading={isRunning} onOk={submit} onCancel={close} destroyOnHidden>
        <p>{t('exportPersonalWhy')}</p>
        {problem && <Refusal error={problem} />}
        <label>
          {t('exportReason')}
          <Input value={reason} required maxLength={500} autoFocus onChange={({ target }) => setReason(target.value)} onPressEnter={submit} />
        </label>
      </Modal>
      <Modal title={t('exportWaits')} open={waiting !== undefined} footer={null} onCancel={close} destroyOnHidden>
        {waiting && <p>{t('exportWaitsWhy', { count: waiting.rows, number: waiting.number })}</p>}
        <Link to="/exports">{t('exportsPage')}</Link>
      </Modal>
    </>
  );
}
