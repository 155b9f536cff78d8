import { useState } from 'react';
import { Button, Select } from 'antd';
import { Link, useParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { timeOf } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Empty } from '../../blocks/empty.tsx';
import { ErrorSummary, type FieldErrors } from '../../blocks/form/error-summary.tsx';
import { DraftNotice } from '../../blocks/form/draft-notice.tsx';
import { Field } from '../../blocks/form/field.tsx';
import styles from '../../blocks/form/form.module.css';
import { useServerDraft } from '../../blocks/form/use-server-draft.ts';
import { Page, Section } from '../../blocks/page.tsx';
import { PhotoField } from '../../blocks/photos/photo-field.tsx';
import { usePhotos } from '../../blocks/photos/use-photos.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { Person } from '../../blocks/resident/person.tsx';
import { texts as residentTexts } from '../../blocks/resident/texts.ts';
import { residentErrors } from '../../blocks/resident/values.ts';
import { PageSkeleton } from '../../blocks/skeletons.tsx';
import { useAsked } from '../../blocks/survey-words.ts';
import { useMe, type Schemas } from '../../me.ts';
import { AnswerField } from './answer-field.tsx';
import { texts } from './texts.ts';
import { BLANK, bodyOf, errorsOf, type Form, type Values } from './values.ts';

export default function SurveyAnswerPage() {
  const { id = '' } = useParams();
  const language = useLanguage();
  const survey = useQuery({ queryKey: ['survey', id, 'questions'], queryFn: () => read(api.GET('/api/v1/surveys/{id}', { params: { path: { id } } })) });
  const code = survey.data?.code;
  const form = useQuery({
    queryKey: ['survey-form', code, language],
    queryFn: () => read(api.GET('/api/v1/public/surveys/{code}', { params: { path: { code: code ?? '' } } })),
    enabled: code !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (survey.isError) return <Refusal error={survey.error} retry={() => void survey.refetch()} />;
  if (form.isError) return <Refusal error={form.error} retry={() => void form.refetch()} />;
  if (survey.isPending || form.isPending) return <PageSkeleton />;
  return <AnswerForm surveyId={id} form={form.data} />;
}

function AnswerForm({ surveyId, form }: { readonly surveyId: string; readonly form: Form }) {
  const t = useTexts(texts);
  const tr = useTexts(residentTexts);
  const me = useMe();
  const asked = useAsked();
  const name = `survey-answer/${me.account.id}/${surveyId}`;
  const draft = useServerDraft<Values>(name, `survey-answer:${surveyId}`, BLANK);
  const photos = usePhotos(name);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [code, setCode] = useState<string | null>(null);
  const values = draft.value;
  const change = (part: Partial<Values>): void => draft.change({ ...values, ...part });
  const send = useCommand(
    (body: Schemas['StaffAnswerBody'], key) => read(api.POST('/api/v1/surveys/{id}/answers', { params: { path: { id: surveyId }, header: key }, body })),
    ({ followUpCode }) => {
      setCode(followUpCode);
      draft.discard();
      photos.discard();
      // The next resident is of the same community more often than not.
      draft.change({ ...BLANK, communityId: values.communityId });
      scrollTo({ top: 0 });
    },
  );
  const submit = (): void => {
    const found = { ...errorsOf(form, values, asked, t), ...(photos.left > 0 && { photos: t('photosLeft') }), ...residentErrors(form, values, tr) };
    setErrors(found);
    const body = bodyOf(form, values, photos.ids);
    if (Object.keys(found).length === 0 && body) void send.run(body);
  };
  return (
    <Page title={t('title', { title: form.survey.title })} lead={t('lead')} actions={<Link to={`/needs/surveys/${surveyId}`}>{t('back')}</Link>}>
      {code !== null && (
        <div role="status">
          <Empty title={`✓ ${t('sent')}`} why={tr('code', { code })} />
        </div>
      )}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {send.problem && <Refusal error={send.problem} />}
        <DraftNotice draft={draft} />
        <ErrorSummary errors={errors} />
        <Section title={t('form')}>
          <Field name="answer-community" label={t('community')} error={errors['answer-community']}>
            {(inside) => (
              <Select
                {...inside}
                placeholder={t('choose')}
                {...(values.communityId !== '' && { value: values.communityId })}
                options={form.communities.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={(communityId) => change({ communityId })}
              />
            )}
          </Field>
          {form.survey.questions.map((question) => (
            <AnswerField
              key={question.id}
              question={question}
              value={values.answers[question.id]}
              error={errors[`answer-${question.id}`]}
              change={(value) => change({ answers: { ...values.answers, [question.id]: value } })}
            />
          ))}
        </Section>
        <PhotoField photos={photos} label={t('photos')} hint={t('photosHint')} error={errors['photos']} />
        <Person told={form} values={values} change={change} errors={errors} />
        <Button type="primary" htmlType="submit" loading={send.isRunning}>
          {t('send')}
        </Button>{' '}
        {draft.savedAt !== undefined && <span className={styles['hint']}>{t('kept', { time: timeOf(draft.savedAt) })}</span>}
      </form>
    </Page>
  );
}
