import { useState } from 'react';
import { Button, Form, Input } from 'antd';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { defineTexts } from '../../../shared/texts/i18n.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Refusal } from '../problem.tsx';
import styles from './second-factor.module.css';

const texts = defineTexts('staff/blocks/second-factor/enrolment', {
  why: {
    zh: '在手机上装一个验证器应用（如“腾讯身份验证器”、FreeOTP），以后办理重要事项时输入应用上的6位数字。',
    en: 'Install an authenticator app on your phone (such as FreeOTP); for important matters you then type the six digits it shows.',
  },
  password: { zh: '先输入登录密码（没有本系统密码的不填）', en: 'First your password (none if you sign in elsewhere)' },
  begin: { zh: '开始绑定', en: 'Begin' },
  scan: { zh: '用验证器应用扫描：', en: 'Scan with the app:' },
  picture: { zh: '二维码', en: 'QR code' },
  byHand: { zh: '不能扫描时，手工输入：', en: 'If it cannot be scanned, type:' },
  code: { zh: '应用上显示的6位数字', en: 'The six digits that the app shows' },
  codeMissing: { zh: '请填写6位数字', en: 'Enter the six digits' },
  confirm: { zh: '确认绑定', en: 'Confirm' },
  kept: { zh: '恢复码：手机丢失时用，每个只能用一次', en: 'Recovery codes: for a lost phone, each works once' },
  keptWhy: { zh: '只显示这一次，请打印或抄写后放在别处。', en: 'Shown only this once: print or copy them and keep them elsewhere.' },
  print: { zh: '打印', en: 'Print' },
  done: { zh: '已经保存好', en: 'I have kept them' },
});

/** Binds an authenticator app, or a new one in place of the old. `onDone` comes after the recovery codes were seen. */
export function Enrolment({ onDone }: { readonly onDone: () => void }) {
  const t = useTexts(texts);
  const enrol = useCommand((password: string | undefined) =>
    read(api.POST('/api/v1/second-factor/enrol', { body: password ? { password } : {} })),
  );
  const [proposed, setProposed] = useState<{ secret: string; qr: string }>();
  const confirm = useCommand((code: string) => read(api.POST('/api/v1/second-factor/confirm', { body: { code } })));
  const [codes, setCodes] = useState<readonly string[]>();

  if (codes) {
    return (
      <div role="status">
        <h3>{t('kept')}</h3>
        <p>{t('keptWhy')}</p>
        <ul className={styles['codes']}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className={`${styles['buttons']} no-print`}>
          <Button onClick={() => print()}>{t('print')}</Button>
          <Button type="primary" onClick={onDone}>
            {t('done')}
          </Button>
        </div>
      </div>
    );
  }
  if (proposed) {
    return (
      <Form<{ code: string }>
        name="enrol-code"
        layout="vertical"
        requiredMark={false}
        onFinish={({ code }) => void confirm.run(code.trim()).then((answer) => answer && setCodes(answer.recoveryCodes))}
      >
        <p>{t('scan')}</p>
        <img className={styles['qr']} src={`data:image/svg+xml,${encodeURIComponent(proposed.qr)}`} alt={t('picture')} />
        <p>
          {t('byHand')} <code className={styles['secret']}>{proposed.secret}</code>
        </p>
        {confirm.problem && <Refusal error={confirm.problem} />}
        <Form.Item name="code" label={t('code')} rules={[{ required: true, min: 6, whitespace: true, message: t('codeMissing') }]}>
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={10} autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={confirm.isRunning}>
          {t('confirm')}
        </Button>
      </Form>
    );
  }
  return (
    <Form<{ password?: string }>
      name="enrol-password"
      layout="vertical"
      requiredMark={false}
      onFinish={({ password }) => void enrol.run(password).then((answer) => answer && setProposed(answer))}
    >
      <p>{t('why')}</p>
      {enrol.problem && <Refusal error={enrol.problem} />}
      <Form.Item name="password" label={t('password')}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={enrol.isRunning}>
        {t('begin')}
      </Button>
    </Form>
  );
}
