import { Link } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Page } from '../../blocks/page.tsx';
import { usePeople } from '../../blocks/people.ts';
import type { Schemas } from '../../me.ts';
import { texts } from './texts.ts';

type Look = Schemas['Reveal'];

const PAGE = 50;

/** Where the masked field stands. */
function addressOf({ record, recordId }: Look): string {
  switch (record) {
    case 'need':
      return `/needs/triage?id=${recordId}`;
    case 'submission':
      return `/needs/submissions?id=${recordId}`;
    case 'person':
      return `/admin/accounts/${recordId}`;
  }
}

export default function RevealsPage() {
  const t = useTexts(texts);
  const people = usePeople();
  return (
    <Page title={t('title')} lead={t('lead')} actions={<Link to="/audit">{t('back')}</Link>}>
      <DataList<Look>
        name="reveals"
        label={t('title')}
        queryKey={['reveals']}
        fetchPage={({ person }, cursor) =>
          read(api.GET('/api/v1/reveals', { params: { query: { limit: PAGE, ...(person && { personId: person }), ...(cursor && { cursor }) } } }))
        }
        idOf={({ id }) => id}
        filters={[{ key: 'person', label: t('who'), kind: 'choice', options: people.choices }]}
        columns={[
          { key: 'at', title: t('when'), isHeading: true, render: ({ at }) => dateAndTime(at) },
          { key: 'who', title: t('who'), render: ({ personId }) => people.nameOf(personId) },
          { key: 'record', title: t('record'), render: (look) => <Link to={addressOf(look)}>{t(`record.${look.record}`)}</Link> },
          { key: 'field', title: t('field'), render: ({ field }) => t(`field.${field}`) },
          { key: 'reason', title: t('reason'), render: ({ reason }) => reason },
        ]}
        empty={{ title: t('empty'), why: t('emptyWhy') }}
      />
    </Page>
  );
}
