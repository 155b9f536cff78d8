import { useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { exactMoney, wholeNumber } from '../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { useCommunities } from '../../blocks/communities.ts';
import type { BatchAction } from '../../blocks/data-list/batch-bar.tsx';
import type { Column, Filter } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { NeedsNav } from '../../blocks/needs-nav.tsx';
import { CATEGORIES, PROPOSAL_STATES, standingOfProposal, useNeedsWords, useOptions } from '../../blocks/needs-words.ts';
import { Page } from '../../blocks/page.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useUnitName } from '../../blocks/units.ts';
import { holds, useMe, type Schemas } from '../../me.ts';
import { texts } from './texts.ts';

type Proposal = Schemas['Proposal'];

const PAGE = 50;

export default function ProposalsPage() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const me = useMe();
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      primary={
        holds(me, 'needs.triage') && (
          <Button type="primary" onClick={() => void navigate('/needs/proposals/new')}>
            {t('new')}
          </Button>
        )
      }
    >
      <NeedsNav />
      <DataList<Proposal>
        name="proposals"
        label={t('title')}
        queryKey={['proposals']}
        fetchPage={({ sort, ...wanted }, cursor) =>
          read(
            api.GET('/api/v1/proposals', {
              params: { query: { ...wanted, ...(sort === 'budgetFen' && { sort }), limit: PAGE, ...(cursor && { cursor }) } },
            }),
          )
        }
        idOf={({ id }) => id}
        columns={useColumns()}
        filters={useFilters()}
        exportAs={{ list: 'proposals' }}
        batch={holds(me, 'needs.publish') ? [{ key: 'ready', label: t('ready'), act: makeReady }] : []}
        empty={{ title: t('empty'), why: t('emptyWhy') }}
      />
    </Page>
  );
}

const makeReady: BatchAction<Proposal>['act'] = ({ id, version }, key) =>
  read(api.POST('/api/v1/proposals/{id}/ready', { params: { path: { id }, header: { ...key, 'If-Match': `"${version}"` } } }));


function useFilters(): readonly Filter[] {
  const t = useTexts(texts);
  const states = useOptions('proposal', PROPOSAL_STATES);
  const categories = useOptions('category', CATEGORIES);
  const communities = useCommunities();
  return useMemo(
    () => [
      { key: 'state', label: t('state'), kind: 'choice', options: states },
      { key: 'category', label: t('category'), kind: 'choice', options: categories },
      { key: 'communityId', label: t('community'), kind: 'choice', options: communities },
    ],
    [t, states, categories, communities],
  );
}

function useColumns(): readonly Column<Proposal>[] {
  const t = useTexts(texts);
  const language = useLanguage();
  const words = useNeedsWords();
  const unitName = useUnitName();
  return [
    { key: 'number', title: t('number'), render: ({ id, number }) => <Link to={`/needs/proposals/${id}`}>{number}</Link> },
    { key: 'name', title: t('name'), isHeading: true, render: ({ title }) => title },
    { key: 'community', title: t('community'), render: ({ communityId }) => unitName(communityId) },
    { key: 'category', title: t('category'), render: ({ category }) => words('category', category) },
    { key: 'needs', title: t('needs'), align: 'end', render: ({ needIds }) => wholeNumber(needIds.length) },
    { key: 'budget', title: t('budget'), align: 'end', sort: { up: 'budgetFen' }, render: ({ budgetFen }) => exactMoney(budgetFen, language) },
    { key: 'period', title: t('period'), render: ({ fromOn, untilOn }) => `${fromOn}—${untilOn}` },
    { key: 'state', title: t('state'), render: ({ state }) => <StatusTag standing={standingOfProposal(state)}>{words('proposal', state)}</StatusTag> },
  ];
}
