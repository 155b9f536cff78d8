import { Link } from 'react-router';
import { api, fileUrl, read } from '../../../shared/api/client.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Page } from '../../blocks/page.tsx';
import { useUnitName } from '../../blocks/units.ts';
import type { Schemas } from '../../me.ts';
import { texts } from './texts.ts';

type Project = Schemas['Project'];

const PAGE = 50;

export default function AuditCasesPage() {
  const t = useTexts(texts);
  const unitName = useUnitName();
  return (
    <Page title={t('title')} lead={t('lead')} actions={<Link to="/audit">{t('back')}</Link>}>
      <DataList<Project>
        name="audit-cases"
        label={t('title')}
        queryKey={['audit-cases']}
        fetchPage={({ search }, cursor) =>
          read(api.GET('/api/v1/projects', { params: { query: { limit: PAGE, ...(search && { search }), ...(cursor && { cursor }) } } }))
        }
        idOf={({ id }) => id}
        filters={[{ key: 'search', label: t('search'), kind: 'text' }]}
        columns={[
          { key: 'name', title: t('name'), isHeading: true, render: ({ id, title }) => <Link to={`/audit/cases/${id}`}>{title}</Link> },
          { key: 'number', title: t('number'), render: ({ number }) => number },
          { key: 'community', title: t('community'), render: ({ communityId }) => unitName(communityId) },
          { key: 'lead', title: t('leadUnit'), render: ({ leadUnit }) => (leadUnit === null ? '–' : unitName(leadUnit)) },
          {
            key: 'file',
            title: t('file'),
            render: ({ id }) => (
              <a href={fileUrl(`/api/v1/projects/${id}/documents/case-file`)} download>
                PDF
              </a>
            ),
          },
        ]}
        empty={{ title: t('empty'), why: t('emptyWhy') }}
      />
    </Page>
  );
}
