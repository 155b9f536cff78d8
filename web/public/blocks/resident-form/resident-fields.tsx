import { useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../blocks.module.css';
import type { FieldErrors } from '../error-summary.tsx';
import { Field } from '../field.tsx';
import { texts } from './texts.ts';
import type { Resident } from './values.ts';

interface Form {
  readonly communities: readonly { readonly id: string; readonly name: string }[];
  readonly notice: { readonly text: string };
  readonly guardianBelowAge: number;
}

interface Props {
  readonly form: Form;
  readonly value: Resident;
  readonly errors: FieldErrors;
  readonly change: (part: Partial<Resident>) => void;
}

export function CommunityField({ form, value, errors, change }: Props) {
  const t = useTexts(texts);
  return (
    <Field name="communityId" label={t('community')} error={errors['communityId']}>
      {(inside) => (
        <select {...inside} value={value.communityId} onChange={({ target }) => change({ communityId: target.value })}>
          <option value="">{t('communityChoose')}</option>
          {form.communities.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Who it is, if they want to say so, and their agreement; at the end of every form. */
export function ResidentFields({ form, value, errors, change }: Props) {
  const t = useTexts(texts);
  return (
    <>
      <fieldset className={styles['choices']}>
        <legend>{t('contact')}</legend>
        <span className={styles['hint']}>{t('contactWhy')}</span>
        <Field name="name" label={t('name')}>
          {(inside) => (
            <input {...inside} autoComplete="name" maxLength={60} value={value.name} onChange={({ target }) => change({ name: target.value })} />
          )}
        </Field>
        <Field name="phone" label={t('phone')} error={errors['phone']}>
          {(inside) => (
            <input {...inside} type="tel" autoComplete="tel" value={value.phone} onChange={({ target }) => change({ phone: target.value })} />
          )}
        </Field>
      </fieldset>
      <label className={styles['option']}>
        <input type="checkbox" checked={value.isMinor} onChange={({ target }) => change({ isMinor: target.checked })} />
        {t('minor', { age: form.guardianBelowAge })}
      </label>
      {value.isMinor && (
        <Tick name="guardianAgreed" label={t('guardian')} error={errors['guardianAgreed']} checked={value.guardianAgreed} change={(guardianAgreed) => change({ guardianAgreed })} />
      )}
      <section className={styles['card']}>
        <h2>{t('notice')}</h2>
        <p>{form.notice.text}</p>
        <Tick name="agreed" label={t('agree')} error={errors['agreed']} checked={value.agreed} change={(agreed) => change({ agreed })} />
      </section>
      <label className={styles['trap']} aria-hidden="true">
        {t('trap')}
        <input tabIndex={-1} autoComplete="off" value={value.website} onChange={({ target }) => change({ website: target.value })} />
      </label>
    </>
  );
}

interface TickProps {
  readonly name: string;
  readonly label: string;
  readonly error: string | undefined;
  readonly checked: boolean;
  readonly change: (checked: boolean) => void;
}

function Tick({ name, label, error, checked, change }: TickProps) {
  const note = `${name}-error`;
  return (
    <>
      {error !== undefined && (
        <span id={note} className={styles['error']}>
          ⚠ {error}
        </span>
      )}
      <label className={styles['option']}>
        <input
          id={name}
          type="checkbox"
          checked={checked}
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={error === undefined ? undefined : note}
          onChange={({ target }) => change(target.checked)}
        />
        {label}
      </label>
    </>
  );
}
