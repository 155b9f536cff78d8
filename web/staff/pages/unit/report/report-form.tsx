import { useEffect, useState, useSyncExternalStore } from 'react';
import { Button, Input } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';
import { dayOfDeadline, shortDay, timeOf } from '../../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../../shared/texts/use-texts.ts';
import { ErrorSummary, type FieldErrors } from '../../../blocks/form/error-summary.tsx';
import { DraftNotice } from '../../../blocks/form/draft-notice.tsx';
import { Field } from '../../../blocks/form/field.tsx';
import { useServerDraft } from '../../../blocks/form/use-server-draft.ts';
import { Page, Section } from '../../../blocks/page.tsx';
import { PhotoField } from '../../../blocks/photos/photo-field.tsx';
import { useDraftPhotos } from '../../../blocks/photos/use-draft-photos.ts';
import { StatusTag } from '../../../blocks/status-tag.tsx';
import { useDeadline } from '../../../blocks/workdays.ts';
import { useMe } from '../../../me.ts';
import type { FormProps } from './form-props.ts';
import { DifficultiesField } from './difficulties-field.tsx';
import { NeedsField } from './needs-field.tsx';
import type { Reporting } from './reading.ts';
import { ReportCheck } from './report-check.tsx';
import styles from './report.module.css';
import { texts } from './texts.ts';
import { faultsOf, type Values } from './values.ts';

interface Props {
  readonly reporting: Reporting;
  readonly owed: NonNullable<Reporting['owed']>;
  readonly isChecking: boolean;
}

/** Seven questions, and the page on which they are checked; both of one draft. */
export function ReportForm({ reporting, owed, isChecking }: Props) {
  const t = useTexts(texts);
  const me = useMe();
  const name = `report/${me.account.id}/${owed.projectId}/${owed.quarter}`;
  const draft = useServerDraft<Values>(name, `report:${owed.projectId}:${owed.quarter}`, reporting.begun);
  const photos = useDraftPhotos(name, draft, reporting.earlierFiles);
  const isSound = Object.keys(faultsOf(draft.value, t)).length === 0 && photos.left === 0;
  return isChecking && isSound ? (
    <ReportCheck reporting={reporting} owed={owed} draft={draft} photos={photos} />
  ) : (
    <Questions reporting={reporting} owed={owed} draft={draft} photos={photos} />
  );
}

function Questions({ reporting, owed, draft, photos }: FormProps) {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [faults, setFaults] = useState<FieldErrors>({});
  useFocusOnAsked();
  const { project, before, needs } = reporting;
  const { value } = draft;
  const change = (part: Partial<Values>): void => draft.change({ ...value, ...part });
  const check = (): void => {
    const found = { ...faultsOf(value, t), ...(photos.left > 0 && { photos: t('missingPhotos') }) };
    setFaults(found);
    if (Object.keys(found).length === 0) void navigate('?check');
  };
  return (
    <Page
      title={t('title', { project: project.title })}
      lead={<Standing owed={owed} savedAt={draft.savedAt} />}
      primary={
        <Button type="primary" onClick={check}>
          {t('check')}
        </Button>
      }
    >
      <Notices reporting={reporting} owed={owed} />
      <DraftNotice draft={draft} />
      <ErrorSummary errors={faults} />
      <Section title={t('quarter', { quarter: owed.quarter })}>
        <div className={styles['form']}>
          <Field name="done" label={t('done')} error={faults['done']}>
            {(inside) => (
              <>
                {before && (
                  <div className={styles['before']}>
                    <p>{t('before', { quarter: before.quarter, text: before.done })}</p>
                    {before.next !== '' && <p>{t('plannedBefore', { text: before.next })}</p>}
                    <Button onClick={() => change({ done: before.done })}>{t('takeOver')}</Button>
                  </div>
                )}
                <Input.TextArea {...inside} rows={4} maxLength={4000} value={value.done} onChange={({ target }) => change({ done: target.value })} />
              </>
            )}
          </Field>
          <NeedsField needs={needs} chosen={value.needs} choose={(chosen) => change({ needs: chosen })} />
          <Field name="served" label={t('served')} hint={t('servedHint')} error={faults['served']}>
            {(inside) => <Input {...inside} inputMode="numeric" value={value.served} onChange={({ target }) => change({ served: target.value })} />}
          </Field>
          <Field name="spent" label={t('spent')} hint={t('spentHint')} error={faults['spent']}>
            {(inside) => <Input {...inside} inputMode="decimal" value={value.spent} onChange={({ target }) => change({ spent: target.value })} />}
          </Field>
          <PhotoField photos={photos} label={t('photos')} error={faults['photos']} />
          <DifficultiesField values={value} change={change} faults={faults} />
          <Field name="next" label={t('next')}>
            {(inside) => (
              <Input.TextArea {...inside} rows={3} maxLength={4000} value={value.next} onChange={({ target }) => change({ next: target.value })} />
            )}
          </Field>
        </div>
      </Section>
    </Page>
  );
}

function Standing({ owed: { due }, savedAt }: { readonly owed: FormProps['owed']; readonly savedAt: string | undefined }) {
  const t = useTexts(texts);
  const { text, standing } = useDeadline()(due);
  return (
    <>
      <StatusTag standing={standing === 'others' ? 'mine' : standing}>{text}</StatusTag>
      {savedAt !== undefined && ` ${t('saved', { time: timeOf(savedAt) })}`}
    </>
  );
}

function Notices({ reporting: { asked }, owed: { due, late } }: Pick<FormProps, 'reporting' | 'owed'>) {
  const t = useTexts(texts);
  const language = useLanguage();
  const deadline = useDeadline()(due);
  const isOnline = useSyncExternalStore(listenToNetwork, () => navigator.onLine);
  return (
    <>
      {!isOnline && (
        <p role="status" className={styles['warning']}>
          {t('offline')}
        </p>
      )}
      {asked !== undefined && asked !== '' && <p className={styles['asked']}>{t('returned', { reason: asked })}</p>}
      {late && deadline.standing === 'late' && (
        <p className={styles['warning']}>{t('late', { day: shortDay(dayOfDeadline(due), language), late: deadline.text })}</p>
      )}
    </>
  );
}

function listenToNetwork(changed: () => void): () => void {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}

/** 修改 on the check page leads back to its question. */
function useFocusOnAsked(): void {
  const [wanted] = useSearchParams();
  const asked = wanted.get('at');
  useEffect(() => {
    if (asked !== null) document.getElementById(asked)?.focus();
  }, [asked]);
}
