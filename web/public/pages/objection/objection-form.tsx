import { useState } from 'react';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useDraft } from '../../../shared/api/drafts.ts';
import type { components } from '../../../shared/api/schema.d.ts';
import { dayOfDeadline, longDay, timeOf } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../../blocks/blocks.module.css';
import { CodeShown } from '../../blocks/code-shown.tsx';
import { ErrorSummary, type FieldErrors } from '../../blocks/error-summary.tsx';
import { Field } from '../../blocks/field.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { texts } from './texts.ts';

type Notice = components['schemas']['PublicNoticeList']['items'][number];
type Sent = components['schemas']['SentObjection'];

const PHONE = /^[+\d][\d\s-]{5,24}$/;
const EMPTY = { name: '', phone: '', reason: '' };

export function ObjectionForm({ notice, tenant }: { readonly notice: Notice; readonly tenant: string }) {
  const t = useTexts(texts);
  const draft = useDraft(`objection/${notice.id}`, EMPTY);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [sent, setSent] = useState<Sent>();
  const typed = draft.value;
  const change = (part: Partial<typeof EMPTY>): void => draft.change({ ...typed, ...part });
  const send = useCommand(
    (body: components['schemas']['PublicObjection'], header) => read(api.POST('/api/v1/public/notices/{id}/object', { params: { path: { id: notice.id }, header }, body })),
    (taken) => {
      draft.discard();
      setSent(taken);
    },
  );
  if (sent) return <Taken sent={sent} />;

  const submit = (): void => {
    const body = { tenant, name: typed.name.trim(), phone: typed.phone.trim(), reason: typed.reason.trim() };
    const found = {
      ...(body.reason === '' && { reason: t('reasonMissing') }),
      ...(body.name === '' && { name: t('nameMissing') }),
      ...(!PHONE.test(body.phone) && { phone: t('phoneMissing') }),
    };
    setErrors(found);
    if (Object.keys(found).length === 0) void send.run(body);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h1>{t('title')}</h1>
      <p>
        {t('about')}：{notice.projectNumber} {notice.projectTitle} · {notice.recipientName}
      </p>
      <ErrorSummary errors={errors} />
      <Field name="reason" label={t('reason')} hint={t('reasonHint')} error={errors['reason']}>
        {(inside) => <textarea {...inside} rows={6} maxLength={2000} value={typed.reason} onChange={({ target }) => change({ reason: target.value })} />}
      </Field>
      <Field name="name" label={t('name')} error={errors['name']}>
        {(inside) => <input {...inside} autoComplete="name" maxLength={60} value={typed.name} onChange={({ target }) => change({ name: target.value })} />}
      </Field>
      <Field name="phone" label={t('phone')} error={errors['phone']}>
        {(inside) => <input {...inside} type="tel" autoComplete="tel" maxLength={25} value={typed.phone} onChange={({ target }) => change({ phone: target.value })} />}
      </Field>
      <p className={styles['card']}>{t('privacy')}</p>
      <p>{t('effect')}</p>
      {send.problem && <Refusal error={send.problem} />}
      <button type="submit" className={styles['primary']} aria-disabled={send.isRunning}>
        {send.isRunning ? t('running') : t('send')}
      </button>
      {draft.savedAt !== undefined && <p className={styles['hint']}>{t('saved', { time: timeOf(draft.savedAt) })}</p>}
    </form>
  );
}

function Taken({ sent: { followUpCode, due } }: { readonly sent: Sent }) {
  const t = useTexts(texts);
  const language = useLanguage();
  return (
    <CodeShown title={t('doneTitle')} label={t('code')} code={followUpCode} to={`/p/objection/${followUpCode}`}>
      {due !== null && <p>{t('next', { day: `${longDay(dayOfDeadline(due), language)} 24:00` })}</p>}
    </CodeShown>
  );
}
