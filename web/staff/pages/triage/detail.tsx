import { Link } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, fileUrl, read } from '../../../shared/api/client.ts';
import { dayOf } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { useNeedsWords } from '../../blocks/needs-words.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { Reveal } from '../../blocks/reveal.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { standingOfNeed } from '../../blocks/needs-words.ts';
import { useUnitName } from '../../blocks/units.ts';
import { holds, useMe, type Schemas } from '../../me.ts';
import { Alike } from './alike.tsx';
import { Asked, Asking } from './asking.tsx';
import { Consent } from './consent.tsx';
import { Follows } from './follows.tsx';
import { NeedForm } from './need-form.tsx';
import styles from './page.module.css';
import { TakeRequest } from './rights.tsx';
import { texts } from './texts.ts';

type NeedDetail = Schemas['NeedDetail'];

/** One need: what was said, what is like it, and what it becomes. `onDone` goes on to the next one. */
export default function Detail({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const t = useTexts(texts);
  const me = useMe();
  const words = useNeedsWords();
  const found = useQuery({ queryKey: ['need', id], queryFn: () => read(api.GET('/api/v1/needs/{id}', { params: { path: { id } } })) });
  if (found.isPending) return <RowsSkeleton rows={6} />;
  if (found.isError) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  const need = found.data;
  const mayTriage = holds(me, 'needs.triage');
  const isOpen = need.state === 'raised' || need.state === 'asked' || need.state === 'triaged';
  return (
    <section className={styles['detail']} aria-label={need.number}>
      <h2>
        {need.number} <StatusTag standing={standingOfNeed(need.state)}>{words('need', need.state)}</StatusTag>
      </h2>
      <Said need={need} />
      <Photos id={id} />
      <Follows need={need} />
      {need.needsLook && <p className={styles['notice']}>⚠ {t('look')}</p>}
      <Asked need={need} />
      {isOpen && mayTriage && <Alike need={need} />}
      {isOpen && mayTriage ? <NeedForm need={need} onDone={onDone} /> : <Fixed need={need} />}
      {mayTriage && <Asking need={need} onDone={onDone} />}
      {mayTriage && need.raiser !== null && <TakeRequest needId={id} />}
      {mayTriage && need.raiser !== null && need.raiserKind === 'staffOnBehalf' && <Consent id={id} />}
    </section>
  );
}

function Said({ need }: { readonly need: NeedDetail }) {
  const t = useTexts(texts);
  const words = useNeedsWords();
  const unitName = useUnitName();
  const { raiser, channel, raiserKind, communityId, raisedAt, raisers } = need;
  const contact = [raiser?.name, raiser?.phone].filter((it) => it != null).join(' ');
  return (
    <>
      {raiser?.words == null ? <p className={styles['meta']}>{t('saidNone')}</p> : <blockquote className={styles['said']} aria-label={t('said')}>{raiser.words}</blockquote>}
      <dl className={styles['facts']}>
        <div>
          <dt>{t('community')}</dt>
          <dd>{unitName(communityId)}</dd>
        </div>
        <div>
          <dt>{t('source')}</dt>
          <dd>
            {words('channel', channel)}
            {raiserKind === 'staffOnBehalf' && `（${t('onBehalf')}）`}
          </dd>
        </div>
        <div>
          <dt>{t('raisedOn')}</dt>
          <dd>{dayOf(raisedAt)}</dd>
        </div>
        <div>
          <dt>{t('contact')}</dt>
          <dd>
            {contact === '' ? t('noContact') : contact}
            {raiser?.name != null && <Reveal record={{ kind: 'need', id: need.id }} field="name" />}
            {raiser?.phone != null && <Reveal record={{ kind: 'need', id: need.id }} field="phone" />}
            {raiser?.consent != null && `（${words('consent', raiser.consent)}）`}
          </dd>
        </div>
        {raisers > 1 && (
          <div>
            <dt>{t('repeats')}</dt>
            <dd>{t('raisers', { count: raisers })}</dd>
          </div>
        )}
      </dl>
    </>
  );
}

function Photos({ id }: { readonly id: string }) {
  const t = useTexts(texts);
  const files = useQuery({ queryKey: ['need', id, 'files'], queryFn: () => read(api.GET('/api/v1/needs/{id}/files', { params: { path: { id } } })) });
  const items = files.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <div className={styles['photos']} role="group" aria-label={t('photos')}>
      {items.map((file, index) => {
        const name = t('photo', { count: index + 1 });
        const href = fileUrl(`/api/v1/needs/${id}/files/${file.id}`);
        return (
          <a key={file.id} href={href} target="_blank" rel="noreferrer">
            {file.mediaType === 'image/jpeg' ? <img src={href} alt={name} loading="lazy" /> : `${name} PDF`}
          </a>
        );
      })}
    </div>
  );
}

function Fixed({ need }: { readonly need: NeedDetail }) {
  const t = useTexts(texts);
  const words = useNeedsWords();
  return (
    <>
      <p>{need.publicText ?? t('noText')}</p>
      <p className={styles['meta']}>
        {words('category', need.category)} · {words('urgency', need.urgency)} · {t('people')} {need.peopleAffected}
      </p>
      <p className={styles['meta']}>{t('fixed', { state: words('need', need.state) })}</p>
      {need.state === 'merged' && need.follows && <Link to={`?state=${need.follows.state}&id=${need.follows.id}`}>{need.follows.number}</Link>}
    </>
  );
}
