import { useState } from 'react';
import { useParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useDraft } from '../../../shared/api/drafts.ts';
import type { components } from '../../../shared/api/schema.d.ts';
import { dayOfDeadline, longDay, timeOf } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import styles from '../../blocks/blocks.module.css';
import { ErrorSummary, type FieldErrors } from '../../blocks/error-summary.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { Reading } from '../../blocks/reading.tsx';
import { PhotoField } from '../../blocks/resident-form/photo-field.tsx';
import { CommunityField, ResidentFields } from '../../blocks/resident-form/resident-fields.tsx';
import { Sent } from '../../blocks/resident-form/sent.tsx';
import { texts as residentTexts } from '../../blocks/resident-form/texts.ts';
import { usePhotos } from '../../blocks/resident-form/use-photos.ts';
import { NOBODY, residentBody, residentErrors, type Resident } from '../../blocks/resident-form/values.ts';
import { useTitle } from '../../blocks/use-title.ts';
import { answerErrors, answersOf, type Typed } from './answers.ts';
import { QuestionField } from './question-field.tsx';
import { texts } from './texts.ts';

type Form = components['schemas']['SurveyForm'];

interface Draft {
  readonly resident: Resident;
  readonly answers: Typed;
}

const EMPTY: Draft = { resident: NOBODY, answers: {} };

export default function SurveyPage() {
  const { code = '' } = useParams();
  const language = useLanguage();
  const form = useQuery({
    queryKey: ['survey-form', code, language],
    queryFn: () => read(api.GET('/api/v1/public/surveys/{code}', { params: { path: { code } } })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const t = useTexts(texts);
  useTitle(form.data?.survey.title ?? t('title'));
  return <Reading query={form}>{(opened) => <AnswerForm form={opened} />}</Reading>;
}

function AnswerForm({ form }: { readonly form: Form }) {
  const t = useTexts(texts);
  const r = useTexts(residentTexts);
  const language = useLanguage();
  const { survey } = form;
  const draft = useDraft<Draft>(`survey/${survey.code}`, EMPTY);
  const photos = usePhotos();
  const [errors, setErrors] = useState<FieldErrors>({});
  const [code, setCode] = useState<string>();
  const { resident, answers } = draft.value;
  const changeResident = (part: Partial<Resident>): void => draft.change({ answers, resident: { ...resident, ...part } });
  const send = useCommand(
    (body: components['schemas']['PublicAnswerBody'], header) =>
      read(api.POST('/api/v1/public/surveys/{code}/answers', { params: { path: { code: survey.code }, header }, body })),
    ({ followUpCode }) => {
      draft.discard();
      setCode(followUpCode);
    },
  );
  if (code !== undefined) return <Sent code={code} />;

  const asked = ({ text, textEn }: { text: string; textEn?: string }): string => (language === 'en' ? (textEn ?? text) : text);
  const submit = (): void => {
    const found = {
      ...answerErrors(survey.questions, answers, (key, question) => t(key, { question: asked(question) })),
      ...residentErrors(resident, r),
    };
    setErrors(found);
    if (Object.keys(found).length > 0 || photos.areSending) return;
    void send.run({
      ticket: form.ticket,
      answers: answersOf(survey.questions, answers),
      files: [...photos.ids],
      ...residentBody(resident, form.notice.version),
    });
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h1>{survey.title}</h1>
      {survey.intro !== null && <p>{survey.intro}</p>}
      <p>{t('until', { day: longDay(dayOfDeadline(survey.closesAt), language) })}</p>
      <ErrorSummary errors={errors} />
      <CommunityField form={form} value={resident} errors={errors} change={changeResident} />
      {survey.questions.map((question) => (
        <QuestionField
          key={question.id}
          question={question}
          value={answers[question.id]}
          error={errors[`question-${question.id}`]}
          change={(value) => draft.change({ resident, answers: { ...answers, [question.id]: value } })}
        />
      ))}
      <PhotoField photos={photos} ticket={form.ticket} />
      <ResidentFields form={form} value={resident} errors={errors} change={changeResident} />
      {photos.areSending && <p role="status">{r('wait')}</p>}
      {send.problem && <Refusal error={send.problem} />}
      <button type="submit" className={styles['primary']} aria-disabled={send.isRunning}>
        {send.isRunning ? r('running') : t('send')}
      </button>
      {draft.savedAt !== undefined && <p className={styles['hint']}>{r('saved', { time: timeOf(draft.savedAt) })}</p>}
    </form>
  );
}
