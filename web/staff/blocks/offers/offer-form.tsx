import { useState } from 'react';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand, type KeyHeader } from '../../../shared/api/command.ts';
import { timeOf } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { ErrorSummary, type FieldErrors } from '../form/error-summary.tsx';
import styles from '../form/form.module.css';
import { useEdited, useReloadWhenStale } from '../form/use-edited.ts';
import { Button } from '../button.tsx';
import { Refusal } from '../problem.tsx';
import { announceDone } from '../undo.tsx';
import { useToday } from '../workdays.ts';
import { OfferFields } from './offer-fields.tsx';
import { texts } from './texts.ts';
import { newOffer, offerBody, offerErrors, offerValues, type Offer, type OfferValues } from './values.ts';

interface Props {
  /** Absent = a new one. */
  readonly offer?: Offer;
  /** Of a new one: whose it is; absent where the reader chooses. */
  readonly unitId?: string;
  readonly onDone: (offer: Offer) => void;
}

/** What a unit can give: registered, edited, withdrawn and offered again, by the unit or by staff for it. */
export function OfferForm({ offer, unitId = '', onDone }: Props) {
  const t = useTexts(texts);
  const today = useToday();
  const name = `offer/${offer?.id ?? `new/${unitId}`}`;
  const { values, change, others, isTouched, savedAt, discard } = useEdited<OfferValues>(name, offer ? offerValues(offer) : newOffer(unitId, today));
  const [errors, setErrors] = useState<FieldErrors>({});
  const send = useCommand(
    ({ wanted, version }: { wanted: OfferValues; version: number | undefined }, key) =>
      offer && version !== undefined
        ? read(api.PATCH('/api/v1/offers/{id}', { params: { path: { id: offer.id }, header: { ...key, 'If-Match': `"${version}"` } }, body: offerBody(wanted) }))
        : read(api.POST('/api/v1/offers', { params: { header: key }, body: { ...offerBody(wanted), unitId: wanted.unitId } })),
    (kept) => {
      discard();
      announceDone(`✓ ${t(offer ? 'saved' : 'registered', { number: kept.number })}`);
      onDone(kept);
    },
  );
  useReloadWhenStale(send.problem);
  const submit = (): void => {
    const found = offerErrors(values, t);
    setErrors(found);
    if (Object.keys(found).length === 0) void send.run({ wanted: values, version: offer?.version });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {send.problem && <Refusal error={send.problem} />}
      <ErrorSummary errors={errors} />
      <OfferFields {...{ values, change, errors, others }} choosesUnit={!offer && unitId === ''} />
      <div className={styles['buttons']}>
        <Button type="primary" htmlType="submit" loading={send.isRunning}>
          {t(offer ? 'save' : 'register')}
        </Button>
        {offer && <StateButton offer={offer} />}
        {isTouched && savedAt !== undefined && <span className={styles['hint']}>{t('draft', { time: timeOf(savedAt) })}</span>}
      </div>
    </form>
  );
}

/** Withdrawing is reversible: done at once, with a way back. */
function StateButton({ offer: { id, version, state } }: { readonly offer: Offer }) {
  const t = useTexts(texts);
  const send = ({ to, at }: { readonly to: Offer['state']; readonly at: number }, key: KeyHeader) =>
    read(api.PATCH('/api/v1/offers/{id}', { params: { path: { id }, header: { ...key, 'If-Match': `"${at}"` } }, body: { state: to } }));
  const back = useCommand(send);
  const move = useCommand(send, (kept, { to }) =>
    announceDone(`✓ ${t(to === 'withdrawn' ? 'withdrawn' : 'reopened', { number: kept.number })}`, () => void back.run({ to: state, at: kept.version })),
  );
  const to = state === 'open' ? 'withdrawn' : 'open';
  return (
    <>
      <Button loading={move.isRunning} onClick={() => void move.run({ to, at: version })}>
        {t(to === 'withdrawn' ? 'withdraw' : 'reopen')}
      </Button>
      {move.problem && <Refusal error={move.problem} />}
      {back.problem && <Refusal error={back.problem} />}
    </>
  );
}
