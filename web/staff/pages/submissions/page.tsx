import { useMemo } from 'react';
import { Drawer } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { useCommunities } from '../../blocks/communities.ts';
import type { BatchAction } from '../../blocks/data-list/batch-bar.tsx';
import type { Column, Filter } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { NeedsNav } from '../../blocks/needs-nav.tsx';
import { useNeedsWords } from '../../blocks/needs-words.ts';
import { Page } from '../../blocks/page.tsx';
import { StatusTag, type Standing } from '../../blocks/status-tag.tsx';
import { useSurveyWords } from '../../blocks/survey-words.ts';
import { useUnitName } from '../../blocks/units.ts';
import { holds, useMe, type Schemas } from '../../me.ts';
import { Detail } from './detail.tsx';
import { texts } from './texts.ts';

type Submission = Schemas['Submission'];

const PAGE = 50;
const SURVEYS = 100;
const STATES = ['doubtful', 'accepted', 'rejected'] as const satisfies readonly Submission['state'][];
const STANDINGS: Readonly<Record<Submission['state'], Standing>> = { doubtful: 'soon', accepted: 'done', rejected: 'paused' };

export default function SubmissionsPage() {
  const t = useTexts(texts);
  const [search, setSearch] = useSearchParams();
  const id = search.get('id');
  const surveys = useQuery({ queryKey: ['surveys', 'names'], queryFn: () => read(api.GET('/api/v1/surveys', { params: { query: { limit: SURVEYS } } })) });
  const titles = useMemo(() => new Map((surveys.data?.items ?? []).map((it) => [it.id, it.title])), [surveys.data]);
  const close = (): void =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      after.delete('id');
      return after;
    });
  return (
    <Page title={t('title')} lead={t('lead')}>
      <NeedsNav />
      <DataList<Submission>
        name="submissions"
        label={t('title')}
        queryKey={['submissions']}
        fetchPage={({ state, ...wanted }, cursor) =>
          read(
            api.GET('/api/v1/submissions', {
              params: { query: { ...wanted, ...(state && { state: state as Submission['state'] }), limit: PAGE, ...(cursor && { cursor }) } },
            }),
          )
        }
        idOf={(row) => row.id}
        columns={useColumns(titles)}
        filters={useFilters(titles)}
        exportAs={{ list: 'submissions', personal: true }}
        batch={useBatch()}
        empty={{ title: t('empty'), why: t('emptyWhy') }}
      />
      <Drawer open={id !== null} title={t('detail')} size="large" onClose={close} destroyOnHidden>
        {id !== null && <Detail key={id} id={id} onDone={close} />}
      </Drawer>
    </Page>
  );
}

function useBatch(): readonly BatchAction<Submission>[] {
  const t = useTexts(texts);
  const me = useMe();
  if (!holds(me, 'needs.triage')) return [];
  return [
    {
      key: 'accept',
      label: t('accept'),
      act: ({ id }, header) => read(api.POST('/api/v1/submissions/{id}/accept', { params: { path: { id }, header }, body: {} })),
    },
    { key: 'reject', label: t('reject'), act: ({ id }, header) => read(api.POST('/api/v1/submissions/{id}/reject', { params: { path: { id }, header } })) },
  ];
}

function useFilters(titles: ReadonlyMap<string, string>): readonly Filter[] {
  const t = useTexts(texts);
  const communities = useCommunities();
  return useMemo(
    () => [
      { key: 'state', label: t('state'), kind: 'choice', options: STATES.map((value) => ({ value, label: t(`state.${value}`) })) },
      { key: 'surveyId', label: t('survey'), kind: 'choice', options: [...titles].map(([value, label]) => ({ value, label })) },
      { key: 'communityId', label: t('community'), kind: 'choice', options: communities },
    ],
    [t, titles, communities],
  );
}

function useColumns(titles: ReadonlyMap<string, string>): readonly Column<Submission>[] {
  const t = useTexts(texts);
  const words = useNeedsWords();
  const survey = useSurveyWords();
  const unitName = useUnitName();
  const [search] = useSearchParams();
  const addressOf = (id: string): string => {
    const after = new URLSearchParams(search);
    after.set('id', id);
    return `?${after.toString()}`;
  };
  return [
    { key: 'submitted', title: t('submitted'), isHeading: true, render: ({ id, submittedAt }) => <Link to={addressOf(id)}>{dateAndTime(submittedAt)}</Link> },
    { key: 'community', title: t('community'), render: ({ communityId }) => unitName(communityId) },
    { key: 'survey', title: t('survey'), render: ({ surveyId }) => (surveyId === null ? t('noSurvey') : (titles.get(surveyId) ?? '…')) },
    { key: 'channel', title: t('channel'), render: ({ channel }) => survey.channel(channel) },
    { key: 'category', title: t('category'), render: ({ category }) => (category === null ? '' : words('category', category)) },
    { key: 'state', title: t('state'), render: ({ state }) => <StatusTag standing={STANDINGS[state]}>{t(`state.${state}`)}</StatusTag> },
    { key: 'doubts', title: t('doubts'), render: ({ doubts }) => doubts.map((it) => t(`doubt.${it}`)).join('、') },
  ];
}
