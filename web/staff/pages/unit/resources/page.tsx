import { useSearchParams } from 'react-router';
import { api, read } from '../../../../shared/api/client.ts';
import { useCommand, type KeyHeader } from '../../../../shared/api/command.ts';
import { exactMoney } from '../../../../shared/format/money.ts';
import { longDay } from '../../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../../shared/texts/use-texts.ts';
import { Button } from '../../../blocks/button.tsx';
import { Empty } from '../../../blocks/empty.tsx';
import { useNeedsWords } from '../../../blocks/needs-words.ts';
import { Page, Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { RowsSkeleton } from '../../../blocks/skeletons.tsx';
import { StatusTag } from '../../../blocks/status-tag.tsx';
import { announceDone } from '../../../blocks/undo.tsx';
import type { Schemas } from '../../../me.ts';
import { NoUnit } from '../../../blocks/no-unit.tsx';
import { useOwnUnits } from '../../../blocks/own-units.ts';
import styles from '../unit.module.css';
import { OfferForm } from './offer-form.tsx';
import { texts } from './texts.ts';
import { useOwnOffers } from './use-own-offers.ts';

type Offer = Schemas['Offer'];

/** What can we give? Which form is open is in the address: `?edit=new`, `?edit=<id>`. */
export default function ResourcesPage() {
  const t = useTexts(texts);
  const { own, isPending } = useOwnUnits();
  const unitId = own[0]?.id;
  const offers = useOwnOffers(unitId);
  const [wanted, want] = useSearchParams();
  const edited = wanted.get('edit');
  if (!isPending && unitId === undefined && !offers.error) return <NoUnit title={t('title')} />;
  if (isPending || offers.isPending) return <RowsSkeleton />;
  if (!offers.data || unitId === undefined) return <Refusal error={offers.error} retry={() => void offers.refetch()} />;
  const offer = offers.data.find(({ id }) => id === edited);
  if (edited === 'new' || offer) return <OfferForm key={edited} unitId={unitId} offer={offer} close={() => want({})} />;
  const edit = (what: string): void => want({ edit: what });
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      primary={
        <Button type="primary" onClick={() => edit('new')}>
          {t('add')}
        </Button>
      }
    >
      {offers.data.length === 0 ? (
        <Empty title={t('none')} why={t('noneWhy')} />
      ) : (
        <Section title={t('list', { count: offers.data.length })}>
          <ul className={styles['list']}>
            {offers.data.map((it) => (
              <OfferRow key={it.id} offer={it} edit={() => edit(it.id)} />
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}

function OfferRow({ offer, edit }: { readonly offer: Offer; readonly edit: () => void }) {
  const t = useTexts(texts);
  const words = useNeedsWords();
  const { number, description, state } = offer;
  const isOpen = state === 'open';
  const change = useStateChange(offer);
  return (
    <li className={styles['card']}>
      <h3>{description}</h3>
      <p>
        <StatusTag standing={isOpen ? 'done' : 'paused'}>{words('offer', state)}</StatusTag> {number}
      </p>
      <p className={styles['muted']}>{useFacts(offer).join(' · ')}</p>
      {change.problem && <Refusal error={change.problem} />}
      <div className={styles['buttons']}>
        <Button aria-label={t('editWhat', { number })} onClick={edit}>
          {t('edit')}
        </Button>
        <Button loading={change.isRunning} onClick={() => void change.run({ state: isOpen ? 'withdrawn' : 'open', version: offer.version })}>
          {t(isOpen ? 'withdraw' : 'reopen')}
        </Button>
      </div>
    </li>
  );
}

function useFacts({ categories, capacity, fundsFen, hours, fromOn, untilOn }: Offer): string[] {
  const t = useTexts(texts);
  const language = useLanguage();
  const words = useNeedsWords();
  const from = longDay(fromOn, language);
  return [
    categories.map((it) => words('category', it)).join('、'),
    t('capacityIs', { count: capacity }),
    ...(fundsFen > 0 ? [exactMoney(fundsFen, language)] : []),
    ...(hours > 0 ? [t('hoursAre', { count: hours })] : []),
    untilOn === null ? t('since', { from }) : t('until', { from, until: longDay(untilOn, language) }),
  ];
}

/** Reversible, and so done at once with a way back. */
function useStateChange({ id, number }: Offer) {
  const t = useTexts(texts);
  const set = ({ state, version }: { state: Offer['state']; version: number }, key: KeyHeader): Promise<Offer> =>
    read(api.PATCH('/api/v1/offers/{id}', { params: { path: { id }, header: { ...key, 'If-Match': `"${version}"` } }, body: { state } }));
  const back = useCommand(set);
  return useCommand(set, ({ version }, { state }) => {
    const isWithdrawn = state === 'withdrawn';
    announceDone(t(isWithdrawn ? 'withdrawn' : 'reopened', { number }), () => void back.run({ state: isWithdrawn ? 'open' : 'withdrawn', version }));
  });
}
