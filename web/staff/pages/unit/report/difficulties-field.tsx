import { Input } from 'antd';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import type { FieldErrors } from '../../../blocks/form/error-summary.tsx';
import { Field } from '../../../blocks/form/field.tsx';
import styles from './report.module.css';
import { texts } from './texts.ts';
import type { Values } from './values.ts';

interface Props {
  readonly values: Values;
  readonly change: (part: Partial<Values>) => void;
  readonly faults: FieldErrors;
}

export function DifficultiesField({ values: { difficulties, difficultiesWhat }, change, faults }: Props) {
  const t = useTexts(texts);
  const fault = faults['difficulties'];
  return (
    <>
      <fieldset className={styles['question']} aria-describedby={fault === undefined ? undefined : 'difficulties-fault'}>
        <legend>{t('difficulties')}</legend>
        <div className={styles['choices']}>
          {(['none', 'some'] as const).map((kind, index) => (
            <label key={kind} className={styles['choice']}>
              <input
                {...(index === 0 && { id: 'difficulties' })}
                type="radio"
                name="difficulties-kind"
                checked={difficulties === kind}
                onChange={() => change({ difficulties: kind })}
              />
              <span>{t(`difficulties.${kind}`)}</span>
            </label>
          ))}
        </div>
        {fault !== undefined && (
          <p id="difficulties-fault" className={styles['error']}>
            ⚠ {fault}
          </p>
        )}
      </fieldset>
      {difficulties === 'some' && (
        <Field name="difficultiesWhat" label={t('difficultiesWhat')} error={faults['difficultiesWhat']}>
          {(inside) => (
            <Input.TextArea
              {...inside}
              rows={3}
              maxLength={4000}
              value={difficultiesWhat}
              onChange={({ target }) => change({ difficultiesWhat: target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}
