import { useState } from 'react';
import { Button, Checkbox, Input } from 'antd';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { timeOf } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { useCommunities } from '../../blocks/communities.ts';
import { ErrorSummary, type FieldErrors } from '../../blocks/form/error-summary.tsx';
import { Field } from '../../blocks/form/field.tsx';
import styles from '../../blocks/form/form.module.css';
import { Pick } from '../../blocks/form/pick.tsx';
import { useEdited, useReloadWhenStale } from '../../blocks/form/use-edited.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { SURVEY_CHANNELS, useSurveyWords, type Survey } from '../../blocks/survey-words.ts';
import { announceDone } from '../../blocks/undo.tsx';
import { Questions } from './questions.tsx';
import { texts } from './texts.ts';
import { bodyOf, errorsOf, type Values } from './values.ts';

interface Props {
  readonly name: string;
  readonly server: Values;
  /** Absent = a new one. */
  readonly survey?: Survey;
  readonly onDone: (survey: Survey) => void;
}

export function SurveyForm({ name, server, survey, onDone }: Props) {
  const t = useTexts(texts);
  const words = useSurveyWords();
  const communities = useCommunities('needs.publish');
  const { values, change, others, isTouched, savedAt, discard } = useEdited<Values>(name, server);
  const [errors, setErrors] = useState<FieldErrors>({});
  const send = useCommand(
    ({ wanted, version }: { wanted: Values; version: number | undefined }, key) =>
      survey && version !== undefined
        ? read(api.PATCH('/api/v1/surveys/{id}', { params: { path: { id: survey.id }, header: { ...key, 'If-Match': `"${version}"` } }, body: bodyOf(wanted) }))
        : read(api.POST('/api/v1/surveys', { params: { header: key }, body: bodyOf(wanted) })),
    (kept) => {
      discard();
      announceDone(`✓ ${t('saved')}`);
      onDone(kept);
    },
  );
  useReloadWhenStale(send.problem);
  const submit = (): void => {
    const found = errorsOf(values, t);
    setErrors(found);
    if (Object.keys(found).length === 0) void send.run({ wanted: values, version: survey?.version });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {send.problem && <Refusal error={send.problem} />}
      {Object.keys(others).length > 0 && <p className={styles['others']}>{t('othersChanged')}</p>}
      <ErrorSummary errors={errors} />
      <Field name="survey-title" label={t('name')} error={errors['survey-title']}>
        {(inside) => <Input {...inside} maxLength={60} value={values.title} onChange={({ target }) => change({ title: target.value })} />}
      </Field>
      <Field name="survey-intro" label={t('intro')}>
        {(inside) => <Input.TextArea {...inside} rows={2} maxLength={500} value={values.intro} onChange={({ target }) => change({ intro: target.value })} />}
      </Field>
      <div className={styles['fields']}>
        <div className={styles['wide']}>
          <Field name="survey-communities" label={t('communities')} error={errors['survey-communities']}>
            {(inside) => (
              <Pick
                {...inside}
                mode="multiple"
                showSearch={{ optionFilterProp: 'label' }}
                value={[...values.communityIds]}
                options={[...communities]}
                onChange={(communityIds) => change({ communityIds })}
              />
            )}
          </Field>
        </div>
        <Field name="survey-opensOn" label={t('opensOn')} error={errors['survey-opensOn']}>
          {(inside) => <Input {...inside} type="date" value={values.opensOn} onChange={({ target }) => change({ opensOn: target.value })} />}
        </Field>
        <Field name="survey-closesOn" label={t('closesOn')} error={errors['survey-closesOn']}>
          {(inside) => <Input {...inside} type="date" value={values.closesOn} onChange={({ target }) => change({ closesOn: target.value })} />}
        </Field>
        <Field name="survey-target" label={t('target')} error={errors['survey-target']}>
          {(inside) => <Input {...inside} inputMode="numeric" value={values.target} onChange={({ target }) => change({ target: target.value })} />}
        </Field>
      </div>
      <fieldset id="survey-channels" tabIndex={-1} className={styles['group']}>
        <legend>{t('channels')}</legend>
        {errors['survey-channels'] !== undefined && <div className={styles['error']}>⚠ {errors['survey-channels']}</div>}
        <Checkbox.Group
          value={[...values.channels]}
          options={SURVEY_CHANNELS.map((value) => ({ value, label: words.channel(value) }))}
          onChange={(channels) => change({ channels })}
        />
      </fieldset>
      <Questions questions={values.questions} errors={errors} change={(questions) => change({ questions })} />
      <div className={styles['buttons']}>
        <Button type={survey ? 'default' : 'primary'} htmlType="submit" loading={send.isRunning}>
          {t('saveDraft')}
        </Button>
        {isTouched && savedAt !== undefined && <span className={styles['hint']}>{t('kept', { time: timeOf(savedAt) })}</span>}
      </div>
    </form>
  );
}
