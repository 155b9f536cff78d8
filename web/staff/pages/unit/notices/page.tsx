import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { exactMoney } from '../../../../shared/format/money.ts';
import { dateAndTime, dayOf, dayOfDeadline, longDay } from '../../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../../shared/texts/use-texts.ts';
import { Button } from '../../../blocks/button.tsx';
import { Empty } from '../../../blocks/empty.tsx';
import { NoUnit } from '../../../blocks/no-unit.tsx';
import { useOwnUnits } from '../../../blocks/own-units.ts';
import { Page, Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { RowsSkeleton } from '../../../blocks/skeletons.tsx';
import { useMe, type Schemas } from '../../../me.ts';
import styles from '../unit.module.css';
import { ObjectionForm } from './objection-form.tsx';
import { texts } from './texts.ts';

type Notice = Schemas['PublicNoticeList']['items'][number];
type Objection = Schemas['FollowedObjection'];

/** What is proposed to be paid, what the unit says against it, and what it was answered. */
export default function NoticesPage() {
  const t = useTexts(texts);
  const language = useLanguage();
  const { tenant } = useMe();
  const { own, isPending, error, refetch } = useOwnUnits();
  const [unit] = own;
  const found = useQuery({
    queryKey: ['notices', language],
    queryFn: async () => {
      const [notices, objections] = await Promise.all([
        read(api.GET('/api/v1/public/notices', { params: { query: { tenant: tenant.id } } })),
        read(api.GET('/api/v1/objections')),
      ]);
      return { notices: notices.items.filter(({ state }) => state !== 'over'), objections: objections.items };
    },
    enabled: unit !== undefined,
  });
  if (isPending) return <RowsSkeleton />;
  if (!unit) return error ? <Refusal error={error} retry={() => void refetch()} /> : <NoUnit title={t('title')} />;
  if (found.isPending) return <RowsSkeleton />;
  if (!found.data) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  const { notices, objections } = found.data;
  return (
    <Page title={t('title')} lead={t('lead', { unit: unit.name })}>
      <Section title={t('running')}>
        {notices.length === 0 ? <Empty title={t('none')} why={t('noneWhy')} /> : notices.map((notice) => <One key={notice.id} notice={notice} />)}
      </Section>
      {objections.length > 0 && (
        <Section title={t('own')}>
          {objections.map((objection) => (
            <Own key={objection.id} objection={objection} />
          ))}
        </Section>
      )}
    </Page>
  );
}

function One({ notice: { id, projectNumber, projectTitle, communityName, recipientName, amountFen, state, until, answers } }: { readonly notice: Notice }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const [isObjecting, setObjecting] = useState(false);
  return (
    <article className={styles['card']}>
      <h3>{projectTitle}</h3>
      <p>
        {projectNumber} · {communityName} · {t('award', { recipient: recipientName, amount: exactMoney(amountFen, language) })}
      </p>
      <p>{state === 'paused' || until === null ? t('paused') : t('until', { day: longDay(dayOfDeadline(until), language) })}</p>
      {answers.map(({ text, at }) => (
        <p key={at}>{t('answered', { day: dayOf(at), text })}</p>
      ))}
      {state === 'open' && !isObjecting && (
        <div className={styles['buttons']}>
          <Button onClick={() => setObjecting(true)} aria-label={`${t('object')}：${projectTitle}`}>
            {t('object')}
          </Button>
        </div>
      )}
      {isObjecting && <ObjectionForm noticeId={id} close={() => setObjecting(false)} />}
    </article>
  );
}

function Own({ objection: { projectNumber, projectTitle, stateText, at, reason, due, answer } }: { readonly objection: Objection }) {
  const t = useTexts(texts);
  const language = useLanguage();
  return (
    <article className={styles['card']}>
      <h3>
        {projectNumber} {projectTitle}
      </h3>
      <p>
        <strong>{stateText}</strong> <time dateTime={at}>{dateAndTime(at)}</time>
      </p>
      {reason !== null && <p>{reason}</p>}
      {due !== null && <p>{t('answerBy', { day: longDay(dayOfDeadline(due), language) })}</p>}
      {answer !== null && <p>{t('answer', { text: answer })}</p>}
    </article>
  );
}
