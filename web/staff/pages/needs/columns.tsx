import { useMemo } from 'react';
import { Link } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { wholeNumber } from '../../../shared/format/money.ts';
import { dayOf } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { useCommunities } from '../../blocks/communities.ts';
import type { Column, Filter } from '../../blocks/data-list/columns.ts';
import { CATEGORIES, NEED_STATES, standingOfNeed, useNeedsWords, useOptions } from '../../blocks/needs-words.ts';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useUnitName } from '../../blocks/units.ts';
import type { Schemas } from '../../me.ts';
import { texts } from './texts.ts';

const SURVEYS = 100;

export function useNeedFilters(): readonly Filter[] {
  const t = useTexts(texts);
  const states = useOptions('need', NEED_STATES);
  const categories = useOptions('category', CATEGORIES);
  const communities = useCommunities();
  const surveys = useQuery({ queryKey: ['surveys', 'names'], queryFn: () => read(api.GET('/api/v1/surveys', { params: { query: { limit: SURVEYS } } })) });
  return useMemo(
    () => [
      { key: 'search', label: t('search'), kind: 'text' },
      { key: 'state', label: t('state'), kind: 'choice', options: states },
      { key: 'category', label: t('category'), kind: 'choice', options: categories },
      { key: 'communityId', label: t('community'), kind: 'choice', options: communities },
      {
        key: 'surveyId',
        label: t('survey'),
        kind: 'choice',
        options: (surveys.data?.items ?? []).map(({ id, title }) => ({ value: id, label: title })),
      },
      { key: 'needsLook', label: t('needsLook'), kind: 'switch' },
    ],
    [t, states, categories, communities, surveys.data],
  );
}

export function useNeedColumns(): readonly Column<Schemas['Need']>[] {
  const t = useTexts(texts);
  const words = useNeedsWords();
  const unitName = useUnitName();
  return [
    { key: 'number', title: t('number'), render: ({ id, number, state }) => <Link to={`/needs/triage?state=${state}&id=${id}`}>{number}</Link> },
    {
      key: 'text',
      title: t('text'),
      isHeading: true,
      render: ({ publicText, place, needsLook }) => (
        <>
          {place !== null && `${place}：`}
          {publicText ?? t('noText')} {needsLook && <StatusTag standing="soon">{t('look')}</StatusTag>}
        </>
      ),
    },
    { key: 'category', title: t('category'), render: ({ category }) => words('category', category) },
    { key: 'community', title: t('community'), render: ({ communityId }) => unitName(communityId) },
    {
      key: 'urgency',
      title: t('urgency'),
      sort: { up: 'urgency' },
      render: ({ urgency }) => (urgency === 'urgent' ? <StatusTag standing="late">{words('urgency', urgency)}</StatusTag> : words('urgency', urgency)),
    },
    { key: 'people', title: t('people'), align: 'end', render: ({ peopleAffected }) => wholeNumber(peopleAffected) },
    { key: 'state', title: t('state'), render: ({ state }) => <StatusTag standing={standingOfNeed(state)}>{words('need', state)}</StatusTag> },
    { key: 'raised', title: t('raised'), render: ({ raisedAt }) => dayOf(raisedAt) },
  ];
}
