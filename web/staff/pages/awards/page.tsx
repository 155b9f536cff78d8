import { Link, useSearchParams } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import type { paths } from '../../../shared/api/schema.d.ts';
import { exactMoney } from '../../../shared/format/money.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { AWARD_STATUSES, useAwardStatus } from '../../blocks/award-status.ts';
import type { Column, Filter } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Button } from '../../blocks/button.tsx';
import { ProjectName } from '../../blocks/named.tsx';
import { Page } from '../../blocks/page.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useUnitName } from '../../blocks/units.ts';
import { useDeadline } from '../../blocks/workdays.ts';
import { holds, useMe, type Schemas } from '../../me.ts';
import { ProposeForm } from './propose-form.tsx';
import { texts } from './texts.ts';

type Award = Schemas['Award'];
type Query = NonNullable<paths['/api/v1/awards']['get']['parameters']['query']>;

const PAGE = 50;

export default function AwardsPage() {
  const t = useTexts(texts);
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const set = (isOpen: boolean): void =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (isOpen) after.set('propose', '');
        else after.delete('propose');
        return after;
      },
      { replace: true },
    );
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      primary={
        holds(me, 'evaluation.grade') && (
          <Button type="primary" onClick={() => set(true)}>
            {t('propose')}
          </Button>
        )
      }
    >
      <DataList<Award>
        name="awards"
        label={t('title')}
        queryKey={['awards']}
        fetchPage={(wanted, cursor) => read(api.GET('/api/v1/awards', { params: { query: { ...(wanted as Query), limit: PAGE, ...(cursor && { cursor }) } } }))}
        idOf={({ id }) => id}
        columns={useColumns()}
        filters={useFilters()}
        exportAs={{ list: 'awards' }}
        empty={{ title: t('empty'), why: t('emptyWhy') }}
      />
      {search.has('propose') && <ProposeForm projectId={search.get('propose') ?? ''} close={() => set(false)} />}
    </Page>
  );
}

function useFilters(): readonly Filter[] {
  const t = useTexts(texts);
  const status = useAwardStatus();
  return [{ key: 'status', label: t('status'), kind: 'choice', options: AWARD_STATUSES.map((value) => ({ value, label: status(value).text })) }];
}

function useColumns(): readonly Column<Award>[] {
  const t = useTexts(texts);
  const language = useLanguage();
  const unitName = useUnitName();
  const status = useAwardStatus();
  const deadline = useDeadline();
  return [
    {
      key: 'project',
      title: t('project'),
      isHeading: true,
      render: ({ id, projectId }) => (
        <Link to={`/awards/${id}`}>
          <ProjectName id={projectId} />
        </Link>
      ),
    },
    { key: 'recipient', title: t('recipient'), render: ({ recipientId }) => unitName(recipientId) },
    { key: 'amount', title: t('amount'), align: 'end', render: ({ amountFen }) => exactMoney(amountFen, language) },
    {
      key: 'status',
      title: t('status'),
      render: (award) => {
        const { text, standing } = status(award.status);
        return <StatusTag standing={standing}>{text}</StatusTag>;
      },
    },
    { key: 'approvals', title: t('approvals'), align: 'end', render: ({ given, needed }) => `${given}/${needed}` },
    { key: 'due', title: t('due'), render: (award) => (award.status === 'noticed' ? deadline(award.due).text : '–') },
    { key: 'proposed', title: t('proposed'), render: ({ proposedAt }) => dateAndTime(proposedAt) },
  ];
}
