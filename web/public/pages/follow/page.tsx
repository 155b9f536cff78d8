import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../../blocks/blocks.module.css';
import { ErrorSummary, type FieldErrors } from '../../blocks/error-summary.tsx';
import { Field } from '../../blocks/field.tsx';
import { useTitle } from '../../blocks/use-title.ts';
import { Followed } from './followed.tsx';
import { texts } from './texts.ts';

export default function FollowPage() {
  const t = useTexts(texts);
  useTitle(t('title'));
  const { code } = useParams();
  return (
    <>
      <h1>{t('title')}</h1>
      {code === undefined ? <AskForCode /> : <Followed code={code} />}
    </>
  );
}

function AskForCode() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const [errors, setErrors] = useState<FieldErrors>({});
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() === '') setErrors({ code: t('codeMissing') });
        else void navigate(`/p/follow/${encodeURIComponent(code.trim())}`);
      }}
    >
      <ErrorSummary errors={errors} />
      <Field name="code" label={t('code')} hint={t('codeHint')} error={errors['code']}>
        {(inside) => (
          <input {...inside} autoCapitalize="characters" autoComplete="off" maxLength={40} value={code} onChange={({ target }) => setCode(target.value)} />
        )}
      </Field>
      <button type="submit" className={styles['primary']}>
        {t('look')}
      </button>
    </form>
  );
}
