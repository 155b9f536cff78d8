import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../../blocks/blocks.module.css';
import { Field } from '../../blocks/field.tsx';
import { fieldOf, type Question, type Typed } from './answers.ts';
import { texts } from './texts.ts';

interface Props {
  readonly question: Question;
  readonly value: Typed[string] | undefined;
  readonly error: string | undefined;
  readonly change: (value: Typed[string]) => void;
}

/** One question in the control that its type asks for. */
export function QuestionField({ question, value, error, change }: Props) {
  const t = useTexts(texts);
  const language = useLanguage();
  const { type, text, textEn, required } = question;
  const asked = language === 'en' ? (textEn ?? text) : text;
  const label = required ? asked : `${asked}${t('optional')}`;
  const written = typeof value === 'string' ? value : '';
  if (type === 'singleChoice' || type === 'multipleChoice' || type === 'rating') {
    return <Choices question={question} label={label} value={value} error={error} change={change} />;
  }
  return (
    <Field name={fieldOf(question)} label={label} error={error} hint={type === 'place' ? t('place') : undefined}>
      {(inside) => {
        const props = { ...inside, value: written, onChange: ({ target }: { target: { value: string } }) => change(target.value) };
        if (type === 'text') return <textarea {...props} rows={4} maxLength={2000} />;
        return type === 'number' ? <input {...props} inputMode="numeric" /> : <input {...props} maxLength={60} />;
      }}
    </Field>
  );
}

function Choices({ question, label, value, error, change }: Props & { readonly label: string }) {
  const language = useLanguage();
  const isMany = question.type === 'multipleChoice';
  const chosen = typeof value === 'string' ? [value] : (value ?? []);
  const options =
    question.type === 'rating'
      ? Array.from({ length: question.scale ?? 5 }, (_, index) => ({ id: String(index + 1), text: String(index + 1), textEn: undefined }))
      : (question.choices ?? []);
  const pick = (id: string, isOn: boolean): void => {
    if (!isMany) change(id);
    else change(isOn ? [...chosen, id] : chosen.filter((it) => it !== id));
  };
  return (
    <fieldset className={styles['choices']}>
      <legend>{label}</legend>
      {error !== undefined && <span className={styles['error']}>⚠ {error}</span>}
      {options.map(({ id, text, textEn }, index) => (
        <label key={id} className={styles['option']}>
          <input
            id={index === 0 ? fieldOf(question) : undefined}
            type={isMany ? 'checkbox' : 'radio'}
            name={fieldOf(question)}
            checked={chosen.includes(id)}
            onChange={({ target }) => pick(id, target.checked)}
          />
          {language === 'en' ? (textEn ?? text) : text}
        </label>
      ))}
    </fieldset>
  );
}
