import { Link, useParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { dateAndTime, dayOfDeadline, longDay } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../../blocks/blocks.module.css';
import { CodeForm } from '../../blocks/code-form.tsx';
import { Reading } from '../../blocks/reading.tsx';
import { useTitle } from '../../blocks/use-title.ts';
import { texts } from './texts.ts';

/** How an objection stands, for whoever holds its code. */
export default function FollowedObjectionPage() {
  const t = useTexts(texts);
  useTitle(t('followTitle'));
  const { code } = useParams();
  return (
    <>
      <h1>{t('followTitle')}</h1>
      {code === undefined ? (
        <CodeForm label={t('codeLabel')} hint={t('codeHint')} missing={t('codeMissing')} action={t('look')} to="/p/objection" />
      ) : (
        <Followed code={code} />
      )}
      <p>
        {code !== undefined && (
          <>
            <Link to="/p/objection">{t('other')}</Link> ·{' '}
          </>
        )}
        <Link to="/p/notices">{t('notices')}</Link>
      </p>
    </>
  );
}

/** The code travels in a header: no log of addresses holds it. */
function Followed({ code }: { readonly code: string }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const found = useQuery({
    queryKey: ['objection', code, language],
    queryFn: () => read(api.GET('/api/v1/public/objection', { params: { header: { 'X-Follow-Up-Code': code } } })),
  });
  return (
    <Reading query={found}>
      {({ projectNumber, projectTitle, stateText, reason, at, due, answer, settledAt }) => (
        <section className={styles['card']}>
          <p>
            <strong>{stateText}</strong>
          </p>
          <dl className={styles['facts']}>
            <dt>{t('about')}</dt>
            <dd>
              {projectNumber} {projectTitle}
            </dd>
            <dt>{t('sentOn')}</dt>
            <dd>{dateAndTime(at)}</dd>
            {reason !== null && (
              <>
                <dt>{t('reason')}</dt>
                <dd>{reason}</dd>
              </>
            )}
            {due !== null && (
              <>
                <dt>{t('answerBy')}</dt>
                <dd>{longDay(dayOfDeadline(due), language)} 24:00</dd>
              </>
            )}
            {answer !== null && (
              <>
                <dt>{t('answer')}</dt>
                <dd>{answer}</dd>
              </>
            )}
            {settledAt !== null && (
              <>
                <dt>{t('answeredOn')}</dt>
                <dd>{dateAndTime(settledAt)}</dd>
              </>
            )}
          </dl>
        </section>
      )}
    </Reading>
  );
}
