import { useState } from 'react';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useDraft } from '../../../shared/api/drafts.ts';
import type { components } from '../../../shared/api/schema.d.ts';
import { timeOf } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../../blocks/blocks.module.css';
import { ErrorSummary, type FieldErrors } from '../../blocks/error-summary.tsx';
import { Field } from '../../blocks/field.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { PhotoField } from '../../blocks/resident-form/photo-field.tsx';
import { CommunityField, ResidentFields } from '../../blocks/resident-form/resident-fields.tsx';
import { Sent } from '../../blocks/resident-form/sent.tsx';
import { texts as residentTexts } from '../../blocks/resident-form/texts.ts';
import { usePhotos } from '../../blocks/resident-form/use-photos.ts';
import { NOBODY, residentBody, residentErrors, type Resident } from '../../blocks/resident-form/values.ts';
import { texts } from './texts.ts';

type Form = components['schemas']['NeedsForm'];
type Body = components['schemas']['PublicNeedBody'];

interface Typed extends Resident {
  readonly words: string;
  readonly place: string;
  readonly category: string;
}

const EMPTY: Typed = { ...NOBODY, words: '', place: '', category: '' };

export function NeedForm({ form, tenant }: { readonly form: Form; readonly tenant: string }) {
  const t = useTexts(texts);
  const r = useTexts(residentTexts);
  const draft = useDraft<Typed>(`need/${tenant}`, EMPTY);
  const photos = usePhotos();
  const [errors, setErrors] = useState<FieldErrors>({});
  const typed = draft.value;
  const change = (part: Partial<Typed>): void => draft.change({ ...typed, ...part });
  const [code, setCode] = useState<string>();
  const send = useCommand(
    (body: Body, header) => read(api.POST('/api/v1/public/needs', { params: { header }, body })),
    ({ followUpCode }) => {
      draft.discard();
      setCode(followUpCode);
    },
  );

  if (code !== undefined) return <Sent code={code} />;

  const submit = (): void => {
    const found = { ...(typed.words.trim() === '' && { words: t('wordsMissing') }), ...residentErrors(typed, r) };
    setErrors(found);
    if (Object.keys(found).length > 0 || photos.areSending) return;
    void send.run({
      ticket: form.ticket,
      words: typed.words.trim(),
      ...(typed.place.trim() && { place: typed.place.trim() }),
      ...(typed.category && { category: typed.category as NonNullable<Body['category']> }),
      files: [...photos.ids],
      ...residentBody(typed, form.notice.version),
    });
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
      <ErrorSummary errors={errors} />
      <Field name="words" label={t('words')} error={errors['words']}>
        {(inside) => <textarea {...inside} rows={5} maxLength={2000} value={typed.words} onChange={({ target }) => change({ words: target.value })} />}
      </Field>
      <CommunityField form={form} value={typed} errors={errors} change={change} />
      <Field name="place" label={t('place')} hint={t('placeHint')}>
        {(inside) => <input {...inside} maxLength={60} value={typed.place} onChange={({ target }) => change({ place: target.value })} />}
      </Field>
      <Field name="category" label={t('category')}>
        {(inside) => (
          <select {...inside} value={typed.category} onChange={({ target }) => change({ category: target.value })}>
            <option value="">{t('categoryNone')}</option>
            {form.categories.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <PhotoField photos={photos} ticket={form.ticket} />
      <ResidentFields form={form} value={typed} errors={errors} change={change} />
      {photos.areSending && <p role="status">{r('wait')}</p>}
      {send.problem && <Refusal error={send.problem} />}
      <button type="submit" className={styles['primary']} aria-disabled={send.isRunning}>
        {send.isRunning ? r('running') : t('send')}
      </button>
      {draft.savedAt !== undefined && <p className={styles['hint']}>{r('saved', { time: timeOf(draft.savedAt) })}</p>}
    </form>
  );
}
