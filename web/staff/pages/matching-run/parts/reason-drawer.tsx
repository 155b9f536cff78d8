import { useState } from 'react';
import { Button, Drawer, Form, Input } from 'antd';
import type { Command } from '../../../../shared/api/command.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Refusal } from '../../../blocks/problem.tsx';
import { texts } from '../texts.ts';

interface Props {
  readonly title: string;
  readonly warning?: string;
  readonly action: string;
  readonly command: Command<string, unknown>;
  readonly close: () => void;
}

export function ReasonDrawer({ title, warning, action, command, close }: Props) {
  const t = useTexts(texts);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const submit = (): void => {
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') void command.run(reason.trim());
  };
  return (
    <Drawer open title={title} onClose={close} destroyOnHidden>
      {warning !== undefined && <p>{warning}</p>}
      {command.problem && <Refusal error={command.problem} />}
      <Form layout="vertical" onFinish={submit}>
        <Form.Item
          label={t('reasonField')}
          htmlFor="run-reason"
          {...(isMissing && { validateStatus: 'error' as const, help: t('missing', { what: t('reasonField') }) })}
        >
          <Input.TextArea id="run-reason" rows={4} maxLength={4000} value={reason} onChange={({ target }) => setReason(target.value)} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={command.isRunning} block>
          {action}
        </Button>
      </Form>
    </Drawer>
  );
}
