import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import type { components } from '../../../shared/api/schema.d.ts';
import { dateAndTime, dayOf } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../../blocks/blocks.module.css';
import { Field } from '../../blocks/field.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { Reading } from '../../blocks/reading.tsx';
import { texts } from './texts.ts';

type Request = components['schemas']['FollowedRightsRequest'];
type Right = Request['right'];

const RIGHTS = ['access', 'correction', 'deletion'] as const satisfies readonly Right[];

/** What a resident may ask about what is kept of them, and how it stands. */
export function OwnData({ code }: { readonly code: string }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const asked = useQuery({
    queryKey: ['follow-up', code, 'rights', language],
    queryFn: () => read(api.GET('/api/v1/public/rights-requests', { params: { header: { 'X-Follow-Up-Code': code } } })),
  });
  return (
    <details>
      <summary>{t('own')}</summary>
      <Reading query={asked}>
        {({ items }) => (
          <>
            <ul>
              {items.map((request) => (
                <li key={request.id}>
                  <Asked code={code} request={request} />
                </li>
              ))}
            </ul>
            <Ask code={code} />
          </>
        )}
      </Reading>
    </details>
  );
}

function Asked({ code, request }: { readonly code: string; readonly request: Request }) {
  const t = useTexts(texts);
  const { id, right, rightText, status, statusText, receivedAt, due, refusal, copyUntil } = request;
  const withdraw = useCommand((body: { code: string }, header) =>
    read(api.POST('/api/v1/public/rights-requests/{id}/withdraw', { params: { path: { id }, header }, body })),
  );
  return (
    <>
      <p>
        {dayOf(receivedAt)} {rightText}：{statusText}
        {due !== null && `，${t('answeredBy', { day: dayOf(due) })}`}
      </p>
      {refusal && (
        <p>
          {refusal.groundText}
          {refusal.reason !== null && `：${refusal.reason}`}
        </p>
      )}
      {withdraw.problem && <Refusal error={withdraw.problem} />}
      {status === 'received' && (
        <button type="button" onClick={() => void withdraw.run({ code })} aria-disabled={withdraw.isRunning}>
          {t('takeBack')}
        </button>
      )}
      {right === 'access' && copyUntil !== null && <Copy code={code} id={id} until={copyUntil} />}
    </>
  );
}

function Copy({ code, id, until }: { readonly code: string; readonly id: string; readonly until: string }) {
  const t = useTexts(texts);
  const [isWanted, setWanted] = useState(false);
  const copy = useQuery({
    queryKey: ['follow-up', code, 'copy', id],
    queryFn: () => read(api.GET('/api/v1/public/rights-requests/{id}/copy', { params: { path: { id }, header: { 'X-Follow-Up-Code': code } } })),
    enabled: isWanted,
  });
  if (!isWanted) {
    return (
      <button type="button" onClick={() => setWanted(true)}>
        {t('copy', { day: dayOf(until) })}
      </button>
    );
  }
  return (
    <Reading query={copy}>
      {({ words, name, phone, texts: written, consents, remarks, photographs }) => (
        <dl className={styles['facts']}>
          <dt>{t('copyName')}</dt>
          <dd>{[name, phone].filter((it) => it !== null).join(' ') || t('copyNone')}</dd>
          <dt>{t('copyWords')}</dt>
          <dd>{[words, ...Object.values(written)].filter((it) => it !== null).join('；') || t('copyNone')}</dd>
          <dt>{t('copyRemarks')}</dt>
          <dd>{remarks.map(({ at, text }) => `${dateAndTime(at)} ${text}`).join('；') || t('copyNone')}</dd>
          <dt>{t('copyConsents')}</dt>
          <dd>{consents.map(({ givenAt, noticeVersion }) => `${dayOf(givenAt)}（${noticeVersion}）`).join('；')}</dd>
          <dt>{t('copyPhotos')}</dt>
          <dd>{photographs}</dd>
        </dl>
      )}
    </Reading>
  );
}

function Ask({ code }: { readonly code: string }) {
  const t = useTexts(texts);
  const [right, setRight] = useState<Right>('access');
  const [wish, setWish] = useState('');
  const ask = useCommand(
    (body: components['schemas']['PublicRightsRequest'], header) => read(api.POST('/api/v1/public/rights-requests', { params: { header }, body })),
    () => setWish(''),
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void ask.run({ code, right, ...(wish.trim() !== '' && { wish: wish.trim() }) });
      }}
    >
      <Field name="right" label={t('askFor')} hint={t('askHint')}>
        {(inside) => (
          <select {...inside} value={right} onChange={({ target }) => setRight(target.value as Right)}>
            {RIGHTS.map((one) => (
              <option key={one} value={one}>
                {t(`right.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="wish" label={t('wish')} hint={t(`wishHint.${right}`)}>
        {(inside) => <textarea {...inside} rows={2} maxLength={500} value={wish} onChange={({ target }) => setWish(target.value)} />}
      </Field>
      {ask.problem && <Refusal error={ask.problem} />}
      <button type="submit" className={styles['button']} aria-disabled={ask.isRunning}>
        {t('ask')}
      </button>
    </form>
  );
}
