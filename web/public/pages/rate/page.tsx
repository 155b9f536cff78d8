import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import type { components } from '../../../shared/api/schema.d.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../../blocks/blocks.module.css';
import { ErrorSummary, type FieldErrors } from '../../blocks/error-summary.tsx';
import { Field } from '../../blocks/field.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { useTitle } from '../../blocks/use-title.ts';
import { texts } from './texts.ts';

type Rating = components['schemas']['Rating'];

const STARS = [5, 4, 3, 2, 1] as const;

export default function RatePage() {
  const t = useTexts(texts);
  useTitle(t('title'));
  const { code: given = '' } = useParams();
  const [code, setCode] = useState(given);
  const [stars, setStars] = useState<Rating['stars']>();
  const [errors, setErrors] = useState<FieldErrors>({});
  const [isDone, setDone] = useState(false);
  const rate = useCommand(
    (body: Rating, header) => read(api.POST('/api/v1/ratings', { params: { header }, body })),
    () => setDone(true),
  );

  if (isDone) {
    return (
      <>
        <h1>✓ {t('done')}</h1>
        <p>{t('doneNext')}</p>
        <Link to="/p/projects?stage=done">{t('projects')}</Link>
      </>
    );
  }

  const submit = (): void => {
    const found = {
      ...(code.trim() === '' && { code: t('codeMissing') }),
      ...(stars === undefined && { 'stars-5': t('starsMissing') }),
    };
    setErrors(found);
    if (stars !== undefined && code.trim() !== '') void rate.run({ code: code.trim(), stars });
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
      {given === '' && (
        <Field name="code" label={t('code')} error={errors['code']}>
          {(inside) => <input {...inside} autoComplete="off" maxLength={64} value={code} onChange={({ target }) => setCode(target.value)} />}
        </Field>
      )}
      <fieldset className={styles['choices']}>
        <legend>{t('stars')}</legend>
        {STARS.map((value) => (
          <label key={value} className={styles['option']}>
            <input id={`stars-${value}`} type="radio" name="stars" checked={stars === value} onChange={() => setStars(value)} />
            {t(`stars.${value}`)}
          </label>
        ))}
      </fieldset>
      {rate.problem && <Refusal error={rate.problem} />}
      <button type="submit" className={styles['primary']} aria-disabled={rate.isRunning}>
        {rate.isRunning ? t('running') : t('send')}
      </button>
    </form>
  );
}
