import { Link } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import type { components } from '../../../shared/api/schema.d.ts';
import { exactMoney } from '../../../shared/format/money.ts';
import { dayOf, dayOfDeadline, longDay } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../../blocks/blocks.module.css';
import { InDistrict } from '../../blocks/in-district.tsx';
import { Reading } from '../../blocks/reading.tsx';
import { useTitle } from '../../blocks/use-title.ts';
import { texts } from './texts.ts';

type Notice = components['schemas']['PublicNoticeList']['items'][number];

export default function NoticesPage() {
  const t = useTexts(texts);
  useTitle(t('title'));
  return (
    <>
      <h1>{t('title')}</h1>
      <InDistrict>{({ id }) => <Awards tenant={id} />}</InDistrict>
      <section className={styles['card']}>
        <h2>{t('how')}</h2>
        <p>{t('howText')}</p>
      </section>
      <p>
        <Link to="/p/objection">{t('follow')}</Link> · <Link to="/p/results">{t('results')}</Link> · <Link to="/p/verify">{t('verify')}</Link>
      </p>
    </>
  );
}

function Awards({ tenant }: { readonly tenant: string }) {
  const t = useTexts(texts);
  const notices = useQuery({
    queryKey: ['public-notices', tenant],
    queryFn: () => read(api.GET('/api/v1/public/notices', { params: { query: { tenant } } })),
  });
  return (
    <>
      <h2>{t('awards')}</h2>
      <Reading query={notices}>
        {({ items }) => (
          <>
            {items.every(isOver) && <p>{t('none')}</p>}
            {items.filter((notice) => !isOver(notice)).map((notice) => (
              <One key={notice.id} notice={notice} />
            ))}
            {items.some(isOver) && <h2>{t('ended')}</h2>}
            {items.filter(isOver).map((notice) => (
              <One key={notice.id} notice={notice} />
            ))}
          </>
        )}
      </Reading>
    </>
  );
}

function isOver({ state }: Notice): boolean {
  return state === 'over';
}

function One({ notice }: { readonly notice: Notice }) {
  const t = useTexts(texts);
  const language = useLanguage();
  return (
    <article className={styles['card']}>
      <h3>
        <Link to={`/p/projects/${notice.projectId}`}>{notice.projectTitle || notice.projectNumber}</Link>
      </h3>
      <p>
        {notice.projectNumber} · {notice.communityName}
      </p>
      <p>
        {t('to')} {notice.recipientName} · <strong>{exactMoney(notice.amountFen, language)}</strong>
      </p>
      <p>{notice.state === 'paused' || notice.until === null ? t('paused') : t(notice.state === 'over' ? 'over' : 'until', { day: longDay(dayOfDeadline(notice.until), language) })}</p>
      {notice.answers.map(({ text, at }) => (
        <p key={at}>
          {t('answered', { day: dayOf(at) })}{text}
        </p>
      ))}
      {notice.state === 'open' && (
        <p>
          <Link to={`/p/notices/${notice.id}/object`} aria-label={`${t('object')}：${notice.projectTitle || notice.projectNumber}`}>
            {t('object')}
          </Link>
        </p>
      )}
    </article>
  );
}
