import { useState } from 'react';
import { Button, Form, Input } from 'antd';
import { api, read } from '../../shared/api/client.ts';
import { useCommand } from '../../shared/api/command.ts';
import { rememberSignedIn } from '../../shared/api/session.ts';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { Refusal } from '../blocks/problem.tsx';

const texts = defineTexts('staff/shell/sign-in-form', {
  login: { zh: '账号', en: 'Login' },
  password: { zh: '密码', en: 'Password' },
  district: { zh: '区县代码（同一账号在多个区县使用时填写）', en: 'District code (only if you use one login in several districts)' },
  code: { zh: '动态验证码（6位数字），或一个恢复码', en: 'One-time code (six digits), or a recovery code' },
  codeMissing: { zh: '请填写验证码', en: 'Enter the code' },
  loginMissing: { zh: '请填写账号', en: 'Enter your login' },
  passwordMissing: { zh: '请填写密码', en: 'Enter your password' },
  signIn: { zh: '登录', en: 'Sign in' },
});

interface Fields {
  readonly login: string;
  readonly password: string;
  readonly tenant?: string;
  readonly code?: string;
}

interface Props {
  /** Fixed when a session is renewed. */
  readonly login?: string;
  readonly tenant?: string;
  readonly onSignedIn: () => void;
}

export function SignInForm({ login, tenant, onSignedIn }: Props) {
  const t = useTexts(texts);
  const [asksDistrict, setAsksDistrict] = useState(false);
  const [asksCode, setAsksCode] = useState(false);
  const signIn = useCommand(
    (fields: Fields) =>
      read(
        api.POST('/api/v1/sign-in', {
          body: {
            login: fields.login.trim(),
            password: fields.password,
            ...(fields.tenant && { tenant: fields.tenant.trim() }),
            ...(fields.code && { code: fields.code.trim() }),
          },
        }),
      ),
    () => {
      rememberSignedIn(true);
      onSignedIn();
    },
  );
  if (signIn.problem?.code === 'SIGN_IN_CODE_NEEDED' && !asksCode) setAsksCode(true);
  return (
    <Form<Fields>
      layout="vertical"
      requiredMark={false}
      scrollToFirstError={{ focus: true }}
      initialValues={{ login, tenant }}
      onFinish={(fields) => {
        void signIn.run({ ...fields, ...(tenant && { tenant }) }).then((done) => setAsksDistrict(done === undefined));
      }}
    >
      {signIn.problem && <Refusal error={signIn.problem} />}
      <Form.Item name="login" label={t('login')} rules={[{ required: true, message: t('loginMissing') }]}>
        <Input autoComplete="username" readOnly={login !== undefined} autoFocus={login === undefined} autoCapitalize="none" />
      </Form.Item>
      <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('passwordMissing') }]}>
        <Input.Password autoComplete="current-password" autoFocus={login !== undefined} />
      </Form.Item>
      {asksCode && (
        <Form.Item name="code" label={t('code')} rules={[{ required: true, min: 6, whitespace: true, message: t('codeMissing') }]}>
          <Input autoComplete="one-time-code" maxLength={40} />
        </Form.Item>
      )}
      {asksDistrict && tenant === undefined && (
        <Form.Item name="tenant" label={t('district')}>
          <Input autoComplete="organization" autoCapitalize="none" />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" block loading={signIn.isRunning}>
        {t('signIn')}
      </Button>
    </Form>
  );
}
