import { useState } from 'react';
import { Button, Input, Radio, Select } from 'antd';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { timeOf } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { wholeOf } from '../../blocks/form/amounts.ts';
import { ErrorSummary, type FieldErrors } from '../../blocks/form/error-summary.tsx';
import { Field } from '../../blocks/form/field.tsx';
import formStyles from '../../blocks/form/form.module.css';
import { OthersHint } from '../../blocks/form/others-hint.tsx';
import { useEdited, useReloadWhenStale } from '../../blocks/form/use-edited.ts';
import { CATEGORIES, URGENCIES, useNeedsWords, useOptions } from '../../blocks/needs-words.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import type { Schemas } from '../../me.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';

type NeedDetail = Schemas['NeedDetail'];

interface Values {
  readonly publicText: string;
  readonly category: NeedDetail['category'];
  readonly urgency: NeedDetail['urgency'];
  readonly people: string;
  readonly place: string;
  readonly evidence: string;
}

const valuesOf = ({ publicText, category, urgency, peopleAffected, place, evidence }: NeedDetail): Values => ({
  publicText: publicText ?? '',
  category,
  urgency,
  people: String(peopleAffected),
  place: place ?? '',
  evidence: evidence ?? '',
});

/** What triage makes of a need. */
export function NeedForm({ need, onDone }: { readonly need: NeedDetail; readonly onDone: () => void }) {
  const t = useTexts(texts);
  const words = useNeedsWords();
  const { id, number, version, state } = need;
  const isNew = state === 'raised' || state === 'asked';
  const { values, change, others, savedAt, isTouched, discard } = useEdited<Values>(`need/${id}`, valuesOf(need));
  const [errors, setErrors] = useState<FieldErrors>({});
  const send = useCommand(
    ({ body, at }: { body: Schemas['TriageBody']; at: number }, key) => {
      const params = { path: { id }, header: { ...key, 'If-Match': `"${at}"` } };
      return isNew ? read(api.POST('/api/v1/needs/{id}/triage', { params, body })) : read(api.PATCH('/api/v1/needs/{id}', { params, body }));
    },
    () => {
      announceDone(`✓ ${t(isNew ? 'triaged' : 'changed', { number })}`);
      discard();
      if (isNew) onDone();
    },
  );
  useReloadWhenStale(send.problem);
  const categories = useOptions('category', CATEGORIES);
  const urgencies = useOptions('urgency', URGENCIES);

  const submit = (): void => {
    const people = wholeOf(values.people);
    const found = {
      ...(values.publicText.trim() === '' && { 'need-publicText': t('publicTextMissing') }),
      ...((people === undefined || people === 0) && { 'need-people': t('peopleWrong') }),
    };
    setErrors(found);
    if (Object.keys(found).length > 0 || people === undefined) return;
    const body = {
      publicText: values.publicText.trim(),
      category: values.category,
      urgency: values.urgency,
      peopleAffected: people,
      ...(values.place.trim() !== '' && { place: values.place.trim() }),
      ...(values.evidence.trim() !== '' && { evidence: values.evidence.trim() }),
    };
    void send.run({ body, at: version });
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
      <Field
        name="need-publicText"
        label={t('publicText')}
        hint={others.publicText === undefined ? t('publicTextHint') : <OthersHint value={others.publicText} />}
        error={errors['need-publicText']}
      >
        {(inside) => <Input.TextArea {...inside} rows={2} maxLength={500} value={values.publicText} onChange={({ target }) => change({ publicText: target.value })} />}
      </Field>
      <div className={formStyles['fields']}>
        <Field name="need-category" label={t('category')} {...(others.category && { hint: <OthersHint value={words('category', others.category)} /> })}>
          {(inside) => <Select {...inside} value={values.category} options={[...categories]} onChange={(category) => change({ category })} />}
        </Field>
        <Field
          name="need-people"
          label={t('people')}
          error={errors['need-people']}
          {...(others.people !== undefined && { hint: <OthersHint value={others.people} /> })}
        >
          {(inside) => <Input {...inside} inputMode="numeric" value={values.people} onChange={({ target }) => change({ people: target.value })} />}
        </Field>
        <Field name="need-place" label={t('place')} {...(others.place !== undefined && { hint: <OthersHint value={others.place} /> })}>
          {(inside) => <Input {...inside} maxLength={60} value={values.place} onChange={({ target }) => change({ place: target.value })} />}
        </Field>
      </div>
      <Field name="need-urgency" label={t('urgency')} {...(others.urgency && { hint: <OthersHint value={words('urgency', others.urgency)} /> })}>
        {({ id: inside }) => (
          <Radio.Group id={inside} aria-label={t('urgency')} value={values.urgency} options={[...urgencies]} onChange={({ target }) => change({ urgency: target.value as Values['urgency'] })} />
        )}
      </Field>
      <Field name="need-evidence" label={t('evidence')} {...(others.evidence !== undefined && { hint: <OthersHint value={others.evidence} /> })}>
        {(inside) => <Input.TextArea {...inside} rows={2} maxLength={1000} value={values.evidence} onChange={({ target }) => change({ evidence: target.value })} />}
      </Field>
      <Button type="primary" htmlType="submit" loading={send.isRunning}>
        {t(isNew ? 'done' : 'save')}
      </Button>{' '}
      {isTouched && savedAt !== undefined && <span className={styles['meta']}>{t('saved', { time: timeOf(savedAt) })}</span>}
    </form>
  );
}
