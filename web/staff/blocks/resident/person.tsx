import { Checkbox, Input, Radio } from 'antd';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import type { FieldErrors } from '../form/error-summary.tsx';
import { Field } from '../form/field.tsx';
import styles from '../form/form.module.css';
import { CONSENTS, useNeedsWords } from '../needs-words.ts';
import { Section } from '../page.tsx';
import { texts } from './texts.ts';
import type { Resident, Told } from './values.ts';

interface Props {
  readonly told: Told;
  readonly values: Resident;
  readonly change: (part: Partial<Resident>) => void;
  readonly errors: FieldErrors;
}

/** Who speaks, and that they agreed to what they were read out. */
export function Person({ told: { notice, guardianBelowAge: age }, values, change, errors }: Props) {
  const t = useTexts(texts);
  const words = useNeedsWords();
  return (
    <Section title={t('person')}>
      <div className={styles['fields']}>
        <Field name="resident-name" label={t('name')}>
          {(inside) => <Input {...inside} maxLength={60} autoComplete="off" value={values.name} onChange={({ target }) => change({ name: target.value })} />}
        </Field>
        <Field name="resident-phone" label={t('phone')} error={errors['resident-phone']}>
          {(inside) => <Input {...inside} inputMode="tel" autoComplete="off" maxLength={25} value={values.phone} onChange={({ target }) => change({ phone: target.value })} />}
        </Field>
      </div>
      <p>
        <Checkbox checked={values.isMinor} onChange={({ target }) => change({ isMinor: target.checked })}>
          {t('minor', { age })}
        </Checkbox>
        {values.isMinor && (
          <Checkbox id="resident-guardian" checked={values.guardianAgreed} onChange={({ target }) => change({ guardianAgreed: target.checked })}>
            {t('guardian')}
          </Checkbox>
        )}
      </p>
      <details open>
        <summary>
          {t('notice')} {notice.version}
        </summary>
        <p>{notice.text}</p>
      </details>
      <fieldset id="resident-consent" tabIndex={-1} className={styles['group']}>
        <legend>{t('consent')}</legend>
        {errors['resident-consent'] !== undefined && <div className={styles['error']}>⚠ {errors['resident-consent']}</div>}
        <Radio.Group
          value={values.consent}
          options={CONSENTS.map((value) => ({ value, label: words('consent', value) }))}
          onChange={({ target }) => change({ consent: target.value as Resident['consent'] })}
        />
      </fieldset>
    </Section>
  );
}
