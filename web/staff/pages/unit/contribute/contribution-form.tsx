import { useState } from 'react';
import { Button, Input } from 'antd';
import { api, read } from '../../../../shared/api/client.ts';
import { useCommand } from '../../../../shared/api/command.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Field } from '../../../blocks/form/field.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { announceDone } from '../../../blocks/undo.tsx';
import { useToday } from '../../../blocks/workdays.ts';
import type { Schemas } from '../../../me.ts';
import styles from '../unit.module.css';
import { useAmountText } from './amount-text.ts';
import { amountOf, BOOKS, type Book } from './amounts.ts';
import { texts } from './texts.ts';

type Step = 'pledge' | 'deliver';
type Body = Schemas['ProjectContribution'];

interface Props {
  readonly projectId: string;
  readonly unitId: string;
  readonly lines: Schemas['ProjectFunding']['lines'];
}

export function ContributionForm({ projectId: id, unitId, lines }: Props) {
  const t = useTexts(texts);
  const amountText = useAmountText();
  const today = useToday();
  const isOpen = lines.some(({ pledged, delivered }) => pledged > delivered);
  const [step, setStep] = useState<Step>('pledge');
  const [book, setBook] = useState<Book>('money');
  const [typed, setTyped] = useState('');
  const [on, setOn] = useState(today);
  const [voucher, setVoucher] = useState('');
  const [isMissing, setMissing] = useState(false);
  const send = useCommand(
    ({ to, body }: { to: Step; body: Body }, header) => {
      const params = { path: { id }, header };
      return to === 'pledge'
        ? read(api.POST('/api/v1/projects/{id}/pledge', { params, body }))
        : read(api.POST('/api/v1/projects/{id}/deliver', { params, body }));
    },
    (_, { to, body }) => {
      announceDone(t(`done.${to}`, { amount: amountText(body.book, body.amount) }));
      setTyped('');
      setVoucher('');
    },
  );
  const submit = (): void => {
    const amount = amountOf(book, typed);
    setMissing(amount === undefined);
    if (amount === undefined) return;
    const paper = step === 'deliver' ? { on, ...(voucher.trim() !== '' && { voucher: voucher.trim() }) } : {};
    void send.run({ to: step, body: { unitId, book, amount, ...paper } });
  };
  return (
    <div className={styles['form']}>
      {send.problem && <Refusal error={send.problem} />}
      {isOpen && <Choice name="step" legend={t('step')} options={(['pledge', 'deliver'] as const).map((it) => [it, t(`step.${it}`)])} value={step} choose={setStep} />}
      <Choice name="book" legend={t('book')} options={BOOKS.map((it) => [it, t(`book.${it}`)])} value={book} choose={setBook} />
      <Field name="amount" label={t(`amount.${book}`)} error={isMissing ? t('missing') : undefined}>
        {(inside) => <Input {...inside} inputMode="decimal" value={typed} onChange={({ target }) => setTyped(target.value)} />}
      </Field>
      {step === 'deliver' && (
        <>
          <Field name="on" label={t('on')}>
            {(inside) => <Input {...inside} type="date" value={on} max={today} onChange={({ target }) => setOn(target.value)} />}
          </Field>
          <Field name="voucher" label={t('voucher')}>
            {(inside) => <Input {...inside} maxLength={200} value={voucher} onChange={({ target }) => setVoucher(target.value)} />}
          </Field>
        </>
      )}
      <Button type="primary" loading={send.isRunning} onClick={submit}>
        {send.isRunning ? t('sending') : t(`send.${step}`)}
      </Button>
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  readonly name: string;
  readonly legend: string;
  readonly options: readonly (readonly [Value, string])[];
  readonly value: Value;
  readonly choose: (value: Value) => void;
}

function Choice<Value extends string>({ name, legend, options, value, choose }: ChoiceProps<Value>) {
  return (
    <fieldset className={styles['choices']}>
      <legend>{legend}</legend>
      {options.map(([key, label]) => (
        <label key={key} className={styles['choice']}>
          <input type="radio" name={name} checked={key === value} onChange={() => choose(key)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
