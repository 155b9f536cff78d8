import { Link, useParams } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { pageOfCase } from '../../blocks/case-address.ts';
import { useKindName } from '../../blocks/case-kinds.ts';
import type { Column } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Page } from '../../blocks/page.tsx';
import { usePolicyWords } from '../../blocks/policy-words.ts';
import type { Schemas } from '../../me.ts';
import { texts } from './texts.ts';

type Case = Schemas['PinnedCasePage']['items'][number];
type Kind = Parameters<ReturnType<typeof usePolicyWords>['kind']>[0];

const PAGE = 50;

export default function PolicyCasesPage() {
  const t = useTexts(texts);
  const words = usePolicyWords();
  const { kind: policy = '', version = '' } = useParams();
  return (
    <Page title={t('title', { kind: words.kind(policy as Kind), version })} lead={<>{t('lead')} <Link to={`/policy/${policy}/${version}`}>{t('back')}</Link></>}>
      <DataList<Case>
        name="pinned-cases"
        label={t('name')}
        queryKey={['pinned-cases', policy, version]}
        fetchPage={(_, cursor) =>
          read(api.GET('/api/v1/pinned-cases', { params: { query: { policy: policy as never, version: Number(version), limit: PAGE, ...(cursor && { cursor }) } } }))
        }
        idOf={({ caseId }) => caseId}
        columns={useColumns()}
        empty={{ title: t('empty'), why: t('emptyWhy') }}
      />
    </Page>
  );
}

function useColumns(): readonly Column<Case>[] {
  const t = useTexts(texts);
  const kindName = useKindName();
  return [
    {
      key: 'name',
      title: t('name'),
      isHeading: true,
      render: ({ caseId, kind, title }) => {
        const address = pageOfCase(caseId);
        const name = title ?? kindName(kind);
        return address ? <Link to={address}>{name}</Link> : name;
      },
    },
    { key: 'kind', title: t('kind'), render: ({ kind }) => kindName(kind) },
    { key: 'opened', title: t('opened'), render: ({ openedAt }) => dateAndTime(openedAt) },
  ];
}
