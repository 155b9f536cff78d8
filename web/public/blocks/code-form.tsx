import { useState } from 'react';
import { useNavigate } from 'react-router';
import styles from './blocks.module.css';
import { ErrorSummary, type FieldErrors } from './error-summary.tsx';
import { Field } from './field.tsx';

interface Props {
  readonly label: string;
  readonly hint?: string;
  /** Said when nothing was entered. */
  readonly missing: string;
  readonly action: string;
  /** Address that the code is put behind. */
  readonly to: string;
}

/** Asks for a code that somebody was given on paper, and opens its page. */
export function CodeForm({ label, hint, missing, action, to }: Props) {
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const [errors, setErrors] = useState<FieldErrors>({});
  const submit = (): void => {
    if (code.trim() === '') setErrors({ code: missing });
    else void navigate(`${to}/${encodeURIComponent(code.trim())}`);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ErrorSummary errors={errors} />
      <Field name="code" label={label} hint={hint} error={errors['code']}>
        {(inside) => (
          <input {...inside} autoCapitalize="characters" autoComplete="off" maxLength={40} value={code} onChange={({ target }) => setCode(target.value)} />
        )}
      </Field>
      <button type="submit" className={styles['primary']}>
        {action}
      </button>
    </form>
  );
}
