import { useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { dayOf, dayOfDeadline } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import type { Column, Filter } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Button } from '../../blocks/button.tsx';
import { NeedsNav } from '../../blocks/needs-nav.tsx';
import { Page } from '../../blocks/page.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { standingOfSurvey, SURVEY_STATUSES, useSurveyWords, type Survey } from '../../blocks/survey-words.ts';
import { useDeadline } from '../../blocks/workdays.ts';
import { holds, useMe } from '../../me.ts';
import { texts } from './texts.ts';

const PAGE = 50;

export default function SurveysPage() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const me = useMe();
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      primary={
        holds(me, 'needs.publish') && (
          <Button type="primary" onClick={() => void navigate('/needs/surveys/new')}>
            {t('new')}
          </Button>
        )
      }
    >
      <NeedsNav />
      <DataList<Survey>
        name="surveys"
        label={t('title')}
        queryKey={['surveys']}
        fetchPage={({ status }, cursor) =>
          read(
            api.GET('/api/v1/surveys', {
              params: { query: { limit: PAGE, ...(status && { status: status as Survey['status'] }), ...(cursor && { cursor }) } },
            }),
          )
        }
        idOf={({ id }) => id}
        columns={useColumns()}
        filters={useFilters()}
        exportAs={{ list: 'surveys' }}
        empty={{ title: t('empty'), why: t('emptyWhy') }}
      />
    </Page>
  );
}

function useFilters(): readonly Filter[] {
  const t = useTexts(texts);
  const words = useSurveyWords();
  return useMemo(
    () => [{ key: 'status', label: t('status'), kind: 'choice', options: SURVEY_STATUSES.map((value) => ({ value, label: words.status(value) })) }],
    [t, words],
  );
}

function useColumns(): readonly Column<Survey>[] {
  const t = useTexts(texts);
  const words = useSurveyWords();
  const deadline = useDeadline();
  return [
    { key: 'name', title: t('name'), isHeading: true, render: ({ id, title }) => <Link to={`/needs/surveys/${id}`}>{title}</Link> },
    {
      key: 'status',
      title: t('status'),
      render: ({ status, released }) => <StatusTag standing={standingOfSurvey(status)}>{words.status(status, released)}</StatusTag>,
    },
    { key: 'window', title: t('window'), render: ({ opensAt, closesAt }) => `${dayOf(opensAt)}—${dayOfDeadline(closesAt)}` },
    { key: 'areas', title: t('areas'), render: ({ communityIds }) => t('areaCount', { count: communityIds.length }) },
    { key: 'target', title: t('target'), align: 'end', render: ({ targetPerArea }) => targetPerArea },
    {
      key: 'due',
      title: t('due'),
      render: ({ status, closesAt, due }) => {
        if (status === 'draft' || status === 'closed') return null;
        const { text, standing } = deadline(status === 'collecting' ? closesAt : due);
        return <StatusTag standing={standing}>{text}</StatusTag>;
      },
    },
  ];
}
