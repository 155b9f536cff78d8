import { Button, Form, Input } from 'antd';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { defineTexts } from '../../../shared/texts/i18n.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Refusal } from '../problem.tsx';

const texts = defineTexts('staff/blocks/second-factor/verify-form', {
  code: { zh: '验证码（6位数字），或一个恢复码', en: 'Code (six digits), or a recovery code' },
  missing: { zh: '请填写验证码', en: 'Enter the code' },
  verify: { zh: '验证', en: 'Verify' },
});

export function VerifyForm({ onVerified }: { readonly onVerified: () => void }) {
  const t = useTexts(texts);
  const verify = useCommand(
    (code: string) => read(api.POST('/api/v1/second-factor/verify', { body: { code } })),
    () => onVerified(),
  );
  return (
    <Form<{ code: string }> name="verify-code" layout="vertical" requiredMark={false} onFinish={({ code }) => void verify.run(code.trim())}>
      {verify.problem && <Refusal error={verify.problem} />}
      <Form.Item name="code" label={t('code')} rules={[{ required: true, min: 6, whitespace: true, message: t('missing') }]}>
        <Input autoComplete="one-time-code" inputMode="text" maxLength={40} autoFocus />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={verify.isRunning}>
        {t('verify')}
      </Button>
    </Form>
  );
}
