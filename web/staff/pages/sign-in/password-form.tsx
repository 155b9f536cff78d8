import { Button, Form, Input } from 'antd';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { texts } from './texts.ts';

interface Fields {
  readonly current: string;
  readonly next: string;
}

/** Typed once, with an eye to look at it: a second field to repeat it in only breaks password managers. */
export function PasswordForm({ login, onSaved }: { readonly login: string; readonly onSaved: () => void }) {
  const t = useTexts(texts);
  const change = useCommand(
    ({ current, next }: Fields) => read(api.POST('/api/v1/password', { body: { current, next } })),
    onSaved,
  );
  return (
    <Form<Fields> layout="vertical" requiredMark={false} scrollToFirstError={{ focus: true }} onFinish={(fields) => void change.run(fields)}>
      {change.problem && <Refusal error={change.problem} />}
      <input type="text" autoComplete="username" value={login} readOnly hidden />
      <Form.Item name="current" label={t('current')} rules={[{ required: true, message: t('currentMissing') }]}>
        <Input.Password autoComplete="current-password" autoFocus />
      </Form.Item>
      <Form.Item name="next" label={t('next')} extra={t('nextRule')} rules={[{ required: true, min: 12, message: t('nextMissing') }]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={change.isRunning}>
        {t('save')}
      </Button>
    </Form>
  );
}
