import { Checkbox, Input, Radio } from 'antd';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Field } from '../../blocks/form/field.tsx';
import styles from '../../blocks/form/form.module.css';
import { useAsked } from '../../blocks/survey-words.ts';
import { texts } from './texts.ts';
import { fieldOf, type Question, type Typed } from './values.ts';

interface Props {
  readonly question: Question;
  readonly value: Typed[string] | undefined;
  readonly error: string | undefined;
  readonly change: (value: Typed[string]) => void;
}

const SCALE = 5;

/** One question in the control that its type asks for. */
export function AnswerField({ question, value, error, change }: Props) {
  const t = useTexts(texts);
  const asked = useAsked();
  const { type, required, choices = [], scale = SCALE } = question;
  const label = `${asked(question)}${required ? '' : t('optional')}`;
  const written = typeof value === 'string' ? value : '';
  if (type === 'singleChoice' || type === 'multipleChoice' || type === 'rating') {
    const options =
      type === 'rating'
        ? Array.from({ length: scale }, (_, index) => ({ value: String(index + 1), label: String(index + 1) }))
        : choices.map((it) => ({ value: it.id, label: asked(it) }));
    return (
      <fieldset id={fieldOf(question)} tabIndex={-1} className={styles['group']}>
        <legend>{label}</legend>
        {error !== undefined && <div className={styles['error']}>⚠ {error}</div>}
        {type === 'multipleChoice' ? (
          <Checkbox.Group value={Array.isArray(value) ? [...value] : []} options={options} onChange={change} />
        ) : (
          <Radio.Group value={written} options={options} onChange={({ target }) => change(String(target.value))} />
        )}
      </fieldset>
    );
  }
  return (
    <Field name={fieldOf(question)} label={label} error={error}>
      {(inside) => {
        const props = { ...inside, value: written, onChange: ({ target }: { readonly target: { readonly value: string } }) => change(target.value) };
        if (type === 'text') return <Input.TextArea {...props} rows={2} maxLength={2000} />;
        return type === 'number' ? <Input {...props} inputMode="numeric" /> : <Input {...props} maxLength={60} />;
      }}
    </Field>
  );
}
