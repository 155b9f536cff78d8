import { useState } from 'react';
import { Button, Input, Radio, Select } from 'antd';
import { Link } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { timeOf } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { useCommunities } from '../../blocks/communities.ts';
import { Empty } from '../../blocks/empty.tsx';
import { ErrorSummary, type FieldErrors } from '../../blocks/form/error-summary.tsx';
import { DraftNotice } from '../../blocks/form/draft-notice.tsx';
import { Field } from '../../blocks/form/field.tsx';
import styles from '../../blocks/form/form.module.css';
import { useServerDraft } from '../../blocks/form/use-server-draft.ts';
import { CATEGORIES, CHANNELS, CONSENTS, URGENCIES, useNeedsWords, useOptions } from '../../blocks/needs-words.ts';
import { Page, Section } from '../../blocks/page.tsx';
import { PhotoField } from '../../blocks/photos/photo-field.tsx';
import { usePhotos } from '../../blocks/photos/use-photos.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { useMe, type Schemas } from '../../me.ts';
import { texts } from './texts.ts';
import { BLANK, bodyOf, errorsOf, type Values } from './values.ts';

export default function RegisterPage() {
  const t = useTexts(texts);
  const me = useMe();
  const communities = useCommunities('needs.create');
  const name = `register/${me.account.id}`;
  const draft = useServerDraft<Values>(name, 'register', BLANK);
  const photos = usePhotos(name);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [registered, setRegistered] = useState<Schemas['Need']>();
  const [only] = communities.length === 1 ? communities : [];
  const values = { ...draft.value, communityId: draft.value.communityId || (only?.value ?? '') };
  const change = (part: Partial<Values>): void => draft.change({ ...values, ...part });
  const send = useCommand(
    (body: Schemas['NeedBody'], key) => read(api.POST('/api/v1/needs', { params: { header: key }, body })),
    (need) => {
      setRegistered(need);
      draft.discard();
      photos.discard();
      // The next one comes by the same way more often than not.
      draft.change({ ...BLANK, communityId: values.communityId, channel: values.channel });
      scrollTo({ top: 0 });
    },
  );
  const submit = (): void => {
    const found = { ...errorsOf(values, t), ...(photos.left > 0 && { photos: t('photosLeft') }) };
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    setRegistered(undefined);
    void send.run({ ...bodyOf(values), ...(photos.ids.length > 0 && { files: [...photos.ids] }) });
  };
  return (
    <Page title={t('title')} lead={t('lead')}>
      {registered && (
        <div role="status">
          <Empty title={`✓ ${t('done', { number: registered.number })}`} why={t('doneNext')}>
            <Link to={`/needs/triage?id=${registered.id}`}>{t('toTriage', { number: registered.number })}</Link>
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
        <Who {...{ values, change, errors }} />
        <Button type="primary" htmlType="submit" loading={send.isRunning}>
          {t('send')}
        </Button>{' '}
        {draft.savedAt !== undefined && <span className={styles['hint']}>{t('kept', { time: timeOf(draft.savedAt) })}</span>}
      </form>
    </Page>
  );
}

interface PartProps {
  readonly values: Values;
  readonly change: (part: Partial<Values>) => void;
  readonly errors: FieldErrors;
}

function What({ values, change, errors, communities }: PartProps & { readonly communities: ReturnType<typeof useCommunities> }) {
  const t = useTexts(texts);
  const categories = useOptions('category', CATEGORIES);
  const channels = useOptions('channel', CHANNELS);
  const urgencies = useOptions('urgency', URGENCIES);
  return (
    <Section title={t('what')}>
      <Field name="register-words" label={t('words')} hint={t('wordsHint')} error={errors['register-words']}>
        {(inside) => <Input.TextArea {...inside} rows={3} maxLength={2000} value={values.words} onChange={({ target }) => change({ words: target.value })} />}
      </Field>
      <Field name="register-publicText" label={t('publicText')} hint={t('publicTextHint')}>
        {(inside) => <Input.TextArea {...inside} rows={2} maxLength={500} value={values.publicText} onChange={({ target }) => change({ publicText: target.value })} />}
      </Field>
      <div className={styles['fields']}>
        <Field name="register-community" label={t('community')} error={errors['register-community']}>
          {(inside) => (
            <Select
              {...inside}
              placeholder={t('choose')}
              {...(values.communityId !== '' && { value: values.communityId })}
              options={[...communities]}
              onChange={(communityId) => change({ communityId })}
            />
          )}
        </Field>
        <Field name="register-category" label={t('category')}>
          {(inside) => <Select {...inside} value={values.category} options={[...categories]} onChange={(category) => change({ category })} />}
        </Field>
        <Field name="register-channel" label={t('channel')}>
          {(inside) => <Select {...inside} value={values.channel} options={[...channels]} onChange={(channel) => change({ channel })} />}
        </Field>
        <Field name="register-urgency" label={t('urgency')}>
          {(inside) => <Select {...inside} value={values.urgency} options={[...urgencies]} onChange={(urgency) => change({ urgency })} />}
        </Field>
        <Field name="register-people" label={t('people')} error={errors['register-people']}>
          {(inside) => <Input {...inside} inputMode="numeric" value={values.people} onChange={({ target }) => change({ people: target.value })} />}
        </Field>
        <Field name="register-place" label={t('place')}>
          {(inside) => <Input {...inside} maxLength={60} value={values.place} onChange={({ target }) => change({ place: target.value })} />}
        </Field>
      </div>
    </Section>
  );
}

function Who({ values, change, errors }: PartProps) {
  const t = useTexts(texts);
  const words = useNeedsWords();
  return (
    <Section title={t('who')}>
      <div className={styles['fields']}>
        <Field name="register-name" label={t('name')}>
          {(inside) => <Input {...inside} maxLength={60} autoComplete="off" value={values.name} onChange={({ target }) => change({ name: target.value })} />}
        </Field>
        <Field name="register-phone" label={t('phone')} error={errors['register-phone']}>
          {(inside) => <Input {...inside} inputMode="tel" autoComplete="off" maxLength={25} value={values.phone} onChange={({ target }) => change({ phone: target.value })} />}
        </Field>
      </div>
      <fieldset id="register-consent" tabIndex={-1} className={styles['group']}>
        <legend>{t('consent')}</legend>
        {errors['register-consent'] !== undefined && <div className={styles['error']}>⚠ {errors['register-consent']}</div>}
        <Radio.Group
          value={values.consent}
          options={CONSENTS.map((value) => ({ value, label: words('consent', value) }))}
          onChange={({ target }) => change({ consent: target.value as Values['consent'] })}
        />
      </fieldset>
    </Section>
  );
}
