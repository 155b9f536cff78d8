import { useTexts } from '../../../shared/texts/use-texts.ts';
import type { FieldErrors } from '../../blocks/form/error-summary.tsx';
import { Button } from '../../blocks/button.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { QuestionEditor } from './question-editor.tsx';
import { texts } from './texts.ts';
import { blankQuestion, freshId, type TypedQuestion } from './values.ts';

interface Props {
  readonly questions: readonly TypedQuestion[];
  readonly errors: FieldErrors;
  readonly change: (questions: readonly TypedQuestion[]) => void;
}

export function Questions({ questions, errors, change }: Props) {
  const t = useTexts(texts);
  const move = (index: number, by: -1 | 1): void => {
    const next = [...questions];
    const [one] = next.splice(index, 1);
    if (one) next.splice(index + by, 0, one);
    change(next);
  };
  const remove = (index: number): void => {
    change(questions.filter((_, at) => at !== index));
    announceDone(t('removed'), () => change(questions));
  };
  return (
    <section aria-label={t('questions')}>
      <h3>{t('questions')}</h3>
      {questions.map((question, index) => (
        <QuestionEditor
          key={question.id}
          question={question}
          index={index}
          isLast={index === questions.length - 1}
          error={errors[`survey-${question.id}`]}
          change={(part) => change(questions.map((it) => (it.id === question.id ? { ...it, ...part } : it)))}
          move={(by) => move(index, by)}
          remove={() => remove(index)}
        />
      ))}
      <p>
        <Button onClick={() => change([...questions, blankQuestion(freshId('q', questions.map(({ id }) => id)))])}>{t('add')}</Button>
      </p>
    </section>
  );
}
