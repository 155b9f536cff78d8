import { Link, useSearchParams } from 'react-router';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { wholeNumber } from '../../../shared/format/money.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../../blocks/blocks.module.css';
import type { District } from '../../blocks/district.ts';
import { Field } from '../../blocks/field.tsx';
import { InDistrict } from '../../blocks/in-district.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { useTitle } from '../../blocks/use-title.ts';
import { texts } from './texts.ts';

const STAGES = ['open', 'underway', 'done'] as const;

type Stage = (typeof STAGES)[number];

const stageNamed = (text: string | null): Stage | undefined => STAGES.find((stage) => stage === text);

export default function ProjectsPage() {
  const t = useTexts(texts);
  useTitle(t('title'));
  return (
    <>
      <h1>{t('title')}</h1>
      <InDistrict>{(district) => <ProjectList district={district} />}</InDistrict>
    </>
  );
}

function ProjectList({ district: { id: tenant } }: { readonly district: District }) {
  const t = useTexts(texts);
  const [wanted, setWanted] = useSearchParams();
  const stage = stageNamed(wanted.get('stage'));
  const communityId = wanted.get('community') ?? undefined;
  const communities = useQuery({
    queryKey: ['public-communities', tenant],
    queryFn: () => read(api.GET('/api/v1/public/communities', { params: { query: { tenant } } })),
  });
  const projects = useInfiniteQuery({
    queryKey: ['public-projects', tenant, stage, communityId],
    queryFn: ({ pageParam: cursor }) =>
      read(
        api.GET('/api/v1/public/projects', {
          params: { query: { tenant, ...(stage && { stage }), ...(communityId && { communityId }), ...(cursor && { cursor }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const choose = (name: string, value: string): void => {
    setWanted((before) => {
      const after = new URLSearchParams(before);
      if (value === '') after.delete(name);
      else after.set(name, value);
      return after;
    });
  };
  const items = projects.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Field name="community" label={t('community')}>
        {(inside) => (
          <select {...inside} value={communityId ?? ''} onChange={({ target }) => choose('community', target.value)}>
            <option value="">{t('all')}</option>
            {communities.data?.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="stage" label={t('stage')}>
        {(inside) => (
          <select {...inside} value={stage ?? ''} onChange={({ target }) => choose('stage', target.value)}>
            <option value="">{t('all')}</option>
            {STAGES.map((it) => (
              <option key={it} value={it}>
                {t(`stage.${it}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {projects.isError && <Refusal error={projects.error} retry={() => void projects.refetch()} />}
      {projects.isSuccess && items.length === 0 && <p>{t('none')}</p>}
      {items.map(({ id, number, title, stage: at, communityName, leadName, served, solved }) => (
        <article key={id} className={styles['card']}>
          <h2>
            <Link to={`/p/projects/${id}`}>{title || t('hiddenTitle')}</Link>
          </h2>
          <p>
            {number} · {communityName} · <strong>{t(`stage.${at}`)}</strong>
          </p>
          <p>
            {t('lead')}：{leadName ?? t('nobody')}
          </p>
          {served + solved > 0 && (
            <p>
              {t('served')} {wholeNumber(served)} · {t('solved')} {t('problems', { count: solved })}
            </p>
          )}
        </article>
      ))}
      {projects.hasNextPage && (
        <button type="button" className={styles['primary']} aria-disabled={projects.isFetchingNextPage} onClick={() => void projects.fetchNextPage()}>
          {t('more')}
        </button>
      )}
    </>
  );
}
