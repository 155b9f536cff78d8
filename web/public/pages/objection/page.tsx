import { Link, useParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { dayOfDeadline, longDay } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { InDistrict } from '../../blocks/in-district.tsx';
import { Reading } from '../../blocks/reading.tsx';
import { useTitle } from '../../blocks/use-title.ts';
import { ObjectionForm } from './objection-form.tsx';
import { texts } from './texts.ts';

export default function ObjectionPage() {
  const t = useTexts(texts);
  useTitle(t('title'));
  const { id = '' } = useParams();
  return <InDistrict>{(district) => <Opened tenant={district.id} id={id} />}</InDistrict>;
}

function Opened({ tenant, id }: { readonly tenant: string; readonly id: string }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const notices = useQuery({
    queryKey: ['public-notices', tenant],
    queryFn: () => read(api.GET('/api/v1/public/notices', { params: { query: { tenant } } })),
    // What was sent pauses the notice; its form stays to say so.
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Reading query={notices}>
      {({ items }) => {
        const notice = items.find((it) => it.id === id);
        if (notice && notice.state !== 'over') return <ObjectionForm notice={notice} tenant={tenant} />;
        return (
          <>
            <h1>{t('title')}</h1>
            <p>{notice?.until ? t('overOn', { day: longDay(dayOfDeadline(notice.until), language) }) : t('over')}</p>
            <Link to="/p/notices">{t('notices')}</Link>
          </>
        );
      }}
    </Reading>
  );
}
