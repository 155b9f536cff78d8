import { useState } from 'react';
import { Button, Input, Select } from 'antd';
import { Link } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { timeOf } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { useCommunities } from '../../blocks/communities.ts';
import { Empty } from '../../blocks/empty.tsx';
import { ErrorSummary, type FieldErrors } from '../../blocks/form/error-summary.tsx';
import { DraftNotice } from '../../blocks/form/draft-notice.tsx';
import { Field } from '../../blocks/form/field.tsx';
import styles from '../../blocks/form/form.module.css';
import { Pick } from '../../blocks/form/pick.tsx';
import { useServerDraft } from '../../blocks/form/use-server-draft.ts';
import { CATEGORIES, HEARD, useOptions } from '../../blocks/needs-words.ts';
import { Page, Section } from '../../blocks/page.tsx';
import { PhotoField } from '../../blocks/photos/photo-field.tsx';
import { useDraftPhotos } from '../../blocks/photos/use-draft-photos.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { Person } from '../../blocks/resident/person.tsx';
import { texts as residentTexts } from '../../blocks/resident/texts.ts';
import { residentErrors, type Told } from '../../blocks/resident/values.ts';
import { PageSkeleton } from '../../blocks/skeletons.tsx';
import { useMe, type Schemas } from '../../me.ts';
import { texts } from './texts.ts';
import { BLANK, bodyOf, needErrors, type Values } from './values.ts';

export default function RegisterPage() {
  const { tenant } = useMe();
  const language = useLanguage();
  const form = useQuery({
    queryKey: ['needs-form', language],
    queryFn: () => read(api.GET('/api/v1/public/needs/form', { params: { query: { tenant: tenant.id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (form.isPending) return <PageSkeleton />;
  if (form.isError) return <Refusal error={form.error} retry={() => void form.refetch()} />;
  return <Visit told={form.data} />;
}

function Visit({ told }: { readonly told: Told }) {
  const t = useTexts(texts);
  const tr = useTexts(residentTexts);
  const me = useMe();
  const communities = useCommunities('needs.triage');
  const name = `visit/${me.account.id}`;
  const draft = useServerDraft<Values>(name, 'visit', BLANK);
  const photos = useDraftPhotos(name, draft);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [written, setWritten] = useState<Schemas['SubmissionWritten']>();
  const [only] = communities.length === 1 ? communities : [];
  const values = { ...draft.value, communityId: draft.value.communityId || (only?.value ?? '') };
  const change = (part: Partial<Values>): void => draft.change({ ...values, ...part });
  const send = useCommand(
    (body: Schemas['StaffNeedBody'], key) => read(api.POST('/api/v1/submissions', { params: { header: key }, body })),
    (submission) => {
      setWritten(submission);
      draft.discard();
      photos.discard();
      // The next one comes by the same way more often than not.
      draft.change({ ...BLANK, communityId: values.communityId, heard: values.heard });
      scrollTo({ top: 0 });
    },
  );
  const submit = (): void => {
    const found = { ...needErrors(values, t), ...(photos.left > 0 && { photos: t('photosLeft') }), ...residentErrors(told, values, tr) };
    setErrors(found);
    const body = bodyOf(told, values, photos.ids);
    if (Object.keys(found).length > 0 || !body) return;
    setWritten(undefined);
    void send.run(body);
  };
  return (
    <Page title={t('title')} lead={t('lead')}>
      {written && (
        <div role="status">
          <Empty title={`✓ ${t('done')}`} why={tr('code', { code: written.followUpCode ?? '' })}>
            {written.needId !== null && <Link to={`/needs/triage?id=${written.needId}`}>{t('toTriage')}</Link>}
          </Empty>
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
        <What {...{ values, change, errors, communities }} />
        <PhotoField photos={photos} label={t('photos')} hint={t('photosHint')} error={errors['photos']} />
        <Person {...{ told, values, change, errors }} />
        <Button type="primary" htmlType="submit" loading={send.isRunning}>
          {t('send')}
        </Button>{' '}
        {draft.savedAt !== undefined && <span className={styles['hint']}>{t('kept', { time: timeOf(draft.savedAt) })}</span>}
      </form>
    </Page>
  );
}

interface WhatProps {
  readonly values: Values;
  readonly change: (part: Partial<Values>) => void;
  readonly errors: FieldErrors;
  readonly communities: ReturnType<typeof useCommunities>;
}

function What({ values, change, errors, communities }: WhatProps) {
  const t = useTexts(texts);
  const categories = useOptions('category', CATEGORIES);
  const channels = useOptions('channel', HEARD);
  return (
    <Section title={t('what')}>
      <Field name="register-words" label={t('words')} hint={t('wordsHint')} error={errors['register-words']}>
        {(inside) => <Input.TextArea {...inside} rows={3} maxLength={2000} value={values.words} onChange={({ target }) => change({ words: target.value })} />}
      </Field>
      <div className={styles['fields']}>
        <Field name="register-community" label={t('community')} error={errors['register-community']}>
          {(inside) => (
            <Pick
              {...inside}
              placeholder={t('choose')}
              {...(values.communityId !== '' && { value: values.communityId })}
              options={[...communities]}
              onChange={(communityId) => change({ communityId })}
            />
          )}
        </Field>
        <Field name="register-heard" label={t('heard')}>
          {(inside) => <Select {...inside} value={values.heard} options={[...channels]} onChange={(heard) => change({ heard })} />}
        </Field>
        <Field name="register-category" label={t('category')}>
          {(inside) => (
            <Select {...inside} value={values.category} options={[{ value: '', label: t('asWritten') }, ...categories]} onChange={(category: Values['category']) => change({ category })} />
          )}
        </Field>
        <Field name="register-place" label={t('place')}>
          {(inside) => <Input {...inside} maxLength={60} value={values.place} onChange={({ target }) => change({ place: target.value })} />}
        </Field>
      </div>
    </Section>
  );
}
