import { useState } from 'react';
import { Button, Modal, Select } from 'antd';
import { Link } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { dateAndTime, dayOf } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Field } from '../../blocks/form/field.tsx';
import styles from '../../blocks/form/form.module.css';
import { CATEGORIES, useNeedsWords, useOptions } from '../../blocks/needs-words.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { Reveal } from '../../blocks/reveal.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { useAsked } from '../../blocks/survey-words.ts';
import { announceDone } from '../../blocks/undo.tsx';
import { holds, useMe, type Schemas } from '../../me.ts';
import { texts } from './texts.ts';

type Submission = Schemas['SubmissionDetail'];

/** One submission in the clear; that it was read is on record. */
export function Detail({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const me = useMe();
  const found = useQuery({ queryKey: ['submission', id], queryFn: () => read(api.GET('/api/v1/submissions/{id}', { params: { path: { id } } })) });
  if (found.isPending) return <RowsSkeleton rows={5} />;
  if (found.isError) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  const submission = found.data;
  const maySettle = holds(me, 'needs.triage');
  return (
    <>
      <Answers submission={submission} />
      <Circumstances submission={submission} />
      {maySettle && submission.state === 'doubtful' && <Settle submission={submission} onDone={onDone} />}
      {maySettle && submission.withdrawnAt === null && <Withdraw id={id} />}
    </>
  );
}

function Answers({ submission: { surveyId, answers, texts: written } }: { readonly submission: Submission }) {
  const t = useTexts(texts);
  const asked = useAsked();
  const survey = useQuery({
    queryKey: ['survey', surveyId, 'questions'],
    queryFn: () => read(api.GET('/api/v1/surveys/{id}', { params: { path: { id: surveyId ?? '' } } })),
    enabled: surveyId !== null,
  });
  const given: Readonly<Record<string, unknown>> = { ...answers, ...written };
  const questions = survey.data?.questions ?? [];
  const questionOf = (id: string) => questions.find((it) => it.id === id);
  const placeOf = (id: string): number => questions.findIndex((it) => it.id === id);
  const said = (id: string, value: unknown): string => {
    const choices = questionOf(id)?.choices ?? [];
    return [value]
      .flat()
      .map((one) => {
        const choice = choices.find((it) => it.id === one);
        return choice ? asked(choice) : String(one);
      })
      .join('、');
  };
  return (
    <dl aria-label={t('answers')}>
      {Object.entries(given).sort(([one], [other]) => placeOf(one) - placeOf(other)).map(([id, value]) => {
        const question = questionOf(id);
        return (
          <div key={id}>
            <dt className={styles['hint']}>{question ? asked(question) : t('answers')}</dt>
            <dd>{said(id, value)}</dd>
          </div>
        );
      })}
    </dl>
  );
}

function Circumstances({ submission }: { readonly submission: Submission }) {
  const t = useTexts(texts);
  const words = useNeedsWords();
  const { contact, consents, remarks, doubts, needId, withdrawnAt } = submission;
  const reached = [contact?.name, contact?.phone].filter((it) => it != null).join(' ');
  return (
    <>
      <p>
        {t('contact')}：{reached === '' ? t('noContact') : reached}
        {contact?.name != null && <Reveal record={{ kind: 'submission', id: submission.id }} field="name" />}
        {contact?.phone != null && <Reveal record={{ kind: 'submission', id: submission.id }} field="phone" />}
      </p>
      {doubts.length > 0 && (
        <p>
          {t('doubts')}：{doubts.map((it) => t(`doubt.${it}`)).join('、')}
        </p>
      )}
      <p>
        {t('consents')}：
        {consents.map(({ purpose, noticeVersion, channel, givenAt }) => `${t(`purpose.${purpose}`)}（${words('consent', channel)}，${t('notice', { version: noticeVersion })}，${dayOf(givenAt)}）`).join('；')}
      </p>
      {withdrawnAt !== null && <p>{t('withdrawnAt', { day: dayOf(withdrawnAt) })}</p>}
      {remarks.length > 0 && (
        <>
          <h3>{t('remarks')}</h3>
          <ul>
            {remarks.map(({ at, text }) => (
              <li key={at}>
                <time dateTime={at}>{dateAndTime(at)}</time> {text}
              </li>
            ))}
          </ul>
        </>
      )}
      {needId !== null && (
        <p>
          {t('need')}：<Link to={`/needs/triage?id=${needId}`}>{t('openNeed')}</Link>
        </p>
      )}
    </>
  );
}

interface SettleProps {
  readonly submission: Submission;
  readonly onDone: () => void;
}

function Settle({ submission: { id, category }, onDone }: SettleProps) {
  const t = useTexts(texts);
  const categories = useOptions('category', CATEGORIES);
  const [wished, setWished] = useState<Schemas['Category'] | undefined>(category ?? undefined);
  const settled = (text: 'accepted' | 'rejected') => (): void => {
    announceDone(`✓ ${t(text)}`);
    onDone();
  };
  const accept = useCommand(
    (body: { category?: Schemas['Category'] }, header) => read(api.POST('/api/v1/submissions/{id}/accept', { params: { path: { id }, header }, body })),
    settled('accepted'),
  );
  const reject = useCommand(
    (_: 'reject', header) => read(api.POST('/api/v1/submissions/{id}/reject', { params: { path: { id }, header } })),
    settled('rejected'),
  );
  return (
    <>
      {accept.problem && <Refusal error={accept.problem} />}
      {reject.problem && <Refusal error={reject.problem} />}
      <Field name="submission-category" label={t('category')} hint={t('acceptHint')}>
        {(inside) => <Select {...inside} allowClear {...(wished && { value: wished })} options={[...categories]} onChange={(value: Schemas['Category'] | undefined) => setWished(value)} />}
      </Field>
      <div className={styles['buttons']}>
        <Button type="primary" loading={accept.isRunning} onClick={() => void accept.run(wished ? { category: wished } : {})}>
          {t('accept')}
        </Button>
        <Button loading={reject.isRunning} onClick={() => void reject.run('reject')}>
          {t('reject')}
        </Button>
      </div>
    </>
  );
}

function Withdraw({ id }: { readonly id: string }) {
  const t = useTexts(texts);
  const [asking, setAsking] = useState(false);
  const withdraw = useCommand(
    (channel: 'paper' | 'oral', header) => read(api.POST('/api/v1/submissions/{id}/withdraw-consent', { params: { path: { id }, header }, body: { channel } })),
    () => {
      setAsking(false);
      announceDone(`✓ ${t('withdrawn')}`);
    },
  );
  return (
    <>
      <Button type="text" onClick={() => setAsking(true)}>
        {t('withdraw')}
      </Button>
      <Modal title={t('withdraw').replace('…', '')} open={asking} footer={null} onCancel={() => setAsking(false)} destroyOnHidden>
        {withdraw.problem && <Refusal error={withdraw.problem} />}
        <p>{t('withdrawWarning')}</p>
        <div className={styles['buttons']}>
          <Button danger loading={withdraw.isRunning} onClick={() => void withdraw.run('paper')}>
            {t('withdrawPaper')}
          </Button>
          <Button danger loading={withdraw.isRunning} onClick={() => void withdraw.run('oral')}>
            {t('withdrawOral')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('cancel')}</Button>
        </div>
      </Modal>
    </>
  );
}
