import { Suspense, useEffect, useRef } from 'react';
import { Link, useSearchParams } from 'react-router';
import { dayOf } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { Empty } from '../../blocks/empty.tsx';
import { later } from '../../blocks/later.ts';
import { useNeedsWords } from '../../blocks/needs-words.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useUnitName } from '../../blocks/units.ts';
import { useIsPhone } from '../../blocks/use-is-phone.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';
import { useKeys } from './use-keys.ts';
import { useQueue, type Need } from './use-queue.ts';

/** With its forms: a phone begins with the list. */
const Detail = later(() => import('./detail.tsx'));

interface Props {
  readonly state: Need['state'];
  readonly communityId: string | undefined;
}

/** The list left, one need right; on a phone one after the other. */
export function OneByOne({ state, communityId }: Props) {
  const t = useTexts(texts);
  const isPhone = useIsPhone();
  const [search, setSearch] = useSearchParams();
  const { needs, isPending, error, retry, more, isLoadingMore } = useQueue(state, communityId);
  const chosen = search.get('id') ?? (isPhone ? undefined : needs[0]?.id);
  const at = needs.findIndex(({ id }) => id === chosen);
  const addressOf = (id: string | undefined): string => {
    const after = new URLSearchParams(search);
    if (id === undefined) after.delete('id');
    else after.set('id', id);
    return `?${after.toString()}`;
  };
  const go = (id: string | undefined): void => setSearch(addressOf(id), { replace: true });
  const step = (by: number): void => {
    const next = needs[at + by];
    if (next) go(next.id);
  };
  useKeys({ j: () => step(1), k: () => step(-1) });

  if (isPending) return <RowsSkeleton rows={8} />;
  if (error && needs.length === 0) return <Refusal error={error} retry={retry} />;
  if (needs.length === 0 && chosen === undefined) return <Empty title={t('nothing')} why={t('nothingWhy')} />;
  const detail = chosen !== undefined && (
    <Suspense fallback={<RowsSkeleton rows={6} />}>
      <Detail key={chosen} id={chosen} onDone={() => go(needs[at + 1]?.id ?? needs[at - 1]?.id)} />
    </Suspense>
  );
  if (isPhone && detail) {
    return (
      <>
        <p>
          <Link to={addressOf(undefined)}>‹ {t('back')}</Link>
        </p>
        {detail}
      </>
    );
  }
  return (
    <div className={styles['split']}>
      <div>
        <ol className={styles['list']} aria-label={t('list')}>
          {needs.map((need) => (
            <Row key={need.id} need={need} to={addressOf(need.id)} isChosen={need.id === chosen} />
          ))}
        </ol>
        {more && (
          <Button loading={isLoadingMore} onClick={more}>
            {t('more')}
          </Button>
        )}
      </div>
      {detail || (!isPhone && <Empty title={t('choose')} />)}
    </div>
  );
}

function Row({ need, to, isChosen }: { readonly need: Need; readonly to: string; readonly isChosen: boolean }) {
  const t = useTexts(texts);
  const words = useNeedsWords();
  const unitName = useUnitName();
  const { number, place, publicText, urgency, communityId, raisedAt } = need;
  const row = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  return (
    <li>
      <Link ref={row} to={to} replace aria-current={isChosen}>
        <span className={styles['text']}>
          {urgency === 'urgent' && <StatusTag standing="late">{words('urgency', urgency)}</StatusTag>} {place !== null && `${place}：`}
          {publicText ?? t('noText')}
        </span>
        <span className={styles['meta']}>
          {number} · {unitName(communityId)} · {dayOf(raisedAt)}
        </span>
      </Link>
    </li>
  );
}
