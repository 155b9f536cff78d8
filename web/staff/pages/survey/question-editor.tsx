import { Button, Checkbox, Input, Select } from 'antd';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Field } from '../../blocks/form/field.tsx';
import form from '../../blocks/form/form.module.css';
import styles from './page.module.css';
import { texts } from './texts.ts';
import { freshId, isChoosing, TYPES, type QuestionType, type TypedQuestion } from './values.ts';

interface Props {
  readonly question: TypedQuestion;
  readonly index: number;
  readonly isLast: boolean;
  readonly error: string | undefined;
  readonly change: (part: Partial<TypedQuestion>) => void;
  readonly move: (by: -1 | 1) => void;
  readonly remove: () => void;
}

export function QuestionEditor({ question, index, isLast, error, change, move, remove }: Props) {
  const t = useTexts(texts);
  const count = index + 1;
  const name = `survey-${question.id}`;
  const { type } = question;
  return (
    <fieldset className={styles['question']}>
      <legend>{t('question', { count })}</legend>
      <div className={form['fields']}>
        <Field name={`${name}-type`} label={t('type')}>
          {(inside) => (
            <Select<QuestionType>
              {...inside}
              value={type}
              options={TYPES.map((value) => ({ value, label: t(`type.${value}`) }))}
              onChange={(wished) => change({ type: wished, ...(isChoosing(wished) && question.choices.length === 0 && { choices: blankChoices() }) })}
            />
          )}
        </Field>
        <div className={form['wide']}>
          <Field name={name} label={t('questionText', { count })} error={error}>
            {(inside) => <Input {...inside} maxLength={300} value={question.text} onChange={({ target }) => change({ text: target.value })} />}
          </Field>
        </div>
        <div className={form['wide']}>
          <Field name={`${name}-en`} label={t('english')}>
            {(inside) => <Input {...inside} lang="en" maxLength={300} value={question.textEn} onChange={({ target }) => change({ textEn: target.value })} />}
          </Field>
        </div>
      </div>
      {isChoosing(type) && <Choices question={question} change={change} />}
      {type === 'number' && (
        <div className={form['fields']}>
          <Field name={`${name}-min`} label={t('min')}>
            {(inside) => <Input {...inside} inputMode="numeric" value={question.min} onChange={({ target }) => change({ min: target.value })} />}
          </Field>
          <Field name={`${name}-max`} label={t('max')}>
            {(inside) => <Input {...inside} inputMode="numeric" value={question.max} onChange={({ target }) => change({ max: target.value })} />}
          </Field>
        </div>
      )}
      {type === 'rating' && (
        <Field name={`${name}-scale`} label={t('scale')}>
          {(inside) => <Input {...inside} inputMode="numeric" value={question.scale} onChange={({ target }) => change({ scale: target.value })} />}
        </Field>
      )}
      <div className={form['buttons']}>
        <Checkbox checked={question.required} onChange={({ target }) => change({ required: target.checked })}>
          {t('required')}
        </Checkbox>
        {type === 'text' && (
          <Checkbox checked={question.isNeed} onChange={({ target }) => change({ isNeed: target.checked })}>
            {t('isNeed')}
          </Checkbox>
        )}
        <span className={styles['gap']} />
        {index > 0 && <Button onClick={() => move(-1)}>{t('up')}</Button>}
        {!isLast && <Button onClick={() => move(1)}>{t('down')}</Button>}
        <Button onClick={remove} aria-label={`${t('remove')} ${t('question', { count })}`}>
          {t('remove')}
        </Button>
      </div>
    </fieldset>
  );
}

const blankChoices = (): TypedQuestion['choices'] => ['c1', 'c2'].map((id) => ({ id, text: '', textEn: '' }));

function Choices({ question: { choices }, change }: Pick<Props, 'question' | 'change'>) {
  const t = useTexts(texts);
  const put = (id: string, part: { text?: string; textEn?: string }): void => change({ choices: choices.map((it) => (it.id === id ? { ...it, ...part } : it)) });
  return (
    <div role="group" aria-label={t('choices')} className={styles['choices']}>
      {choices.map(({ id, text, textEn }, index) => {
        const label = t('choice', { count: index + 1 });
        return (
          <div key={id} className={styles['choice']}>
            <Input aria-label={label} placeholder={label} maxLength={100} value={text} onChange={({ target }) => put(id, { text: target.value })} />
            <Input
              aria-label={`${label} ${t('english')}`}
              placeholder={t('english')}
              lang="en"
              maxLength={100}
              value={textEn}
              onChange={({ target }) => put(id, { textEn: target.value })}
            />
            <Button aria-label={`${t('remove')} ${label}`} onClick={() => change({ choices: choices.filter((it) => it.id !== id) })}>
              ✕
            </Button>
          </div>
        );
      })}
      <Button onClick={() => change({ choices: [...choices, { id: freshId('c', choices.map(({ id }) => id)), text: '', textEn: '' }] })}>{t('addChoice')}</Button>
    </div>
  );
}
