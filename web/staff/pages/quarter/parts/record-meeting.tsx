import { useState } from 'react';
import { Button, Drawer, Input } from 'antd';
import { api, read } from '../../../../shared/api/client.ts';
import { useCommand } from '../../../../shared/api/command.ts';
import { useDraft } from '../../../../shared/api/drafts.ts';
import { timeOf } from '../../../../shared/format/time.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { wholeOf } from '../../../blocks/form/amounts.ts';
import { ErrorSummary, type FieldErrors } from '../../../blocks/form/error-summary.tsx';
import { Field } from '../../../blocks/form/field.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { announceDone } from '../../../blocks/undo.tsx';
import { useMe, type Schemas } from '../../../me.ts';
import { texts } from '../texts.ts';
import type { Detail } from './results.tsx';

const EMPTY = { resolutions: '', unitsPresent: '', minutes: '' };

/** Minutes are written over hours: they stay on this device until they are recorded. */
export function RecordMeeting({ cycle: { communityId, quarter }, close }: { readonly cycle: Detail; readonly close: () => void }) {
  const t = useTexts(texts);
  const me = useMe();
  const draft = useDraft(`meeting/${me.account.id}/${communityId}/${quarter}`, EMPTY);
  const [errors, setErrors] = useState<FieldErrors>({});
  const record = useCommand(
    (body: Schemas['QuarterMeetingRecord'], header) =>
      read(api.POST('/api/v1/quarters/{communityId}/{quarter}/record-meeting', { params: { path: { communityId, quarter }, header }, body })),
    () => {
      draft.discard();
      announceDone(t('recorded'));
      close();
    },
  );
  const { value: typed } = draft;
  const change = (part: Partial<typeof EMPTY>): void => draft.change({ ...typed, ...part });
  const submit = (): void => {
    const resolutions = wholeOf(typed.resolutions);
    const unitsPresent = typed.unitsPresent === '' ? undefined : wholeOf(typed.unitsPresent);
    const minutes = typed.minutes.trim();
    const found = {
      ...(resolutions === undefined && { 'meeting-resolutions': t('wholeNumber', { what: t('resolutionCount') }) }),
      ...(typed.unitsPresent !== '' && unitsPresent === undefined && { 'meeting-units': t('wholeNumber', { what: t('unitsPresent') }) }),
      ...(minutes === '' && { 'meeting-minutes': t('missing', { what: t('minutes') }) }),
    };
    setErrors(found);
    if (resolutions !== undefined && Object.keys(found).length === 0) {
      void record.run({ resolutions, minutes, ...(unitsPresent !== undefined && { unitsPresent }) });
    }
  };
  return (
    <Drawer open title={t('record')} onClose={close} destroyOnHidden size="large">
      {record.problem && <Refusal error={record.problem} />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <ErrorSummary errors={errors} />
        <Field name="meeting-resolutions" label={t('resolutionCount')} error={errors['meeting-resolutions']}>
          {(inside) => <Input {...inside} inputMode="numeric" value={typed.resolutions} onChange={({ target }) => change({ resolutions: target.value })} />}
        </Field>
        <Field name="meeting-units" label={t('unitsPresent')} error={errors['meeting-units']}>
          {(inside) => <Input {...inside} inputMode="numeric" value={typed.unitsPresent} onChange={({ target }) => change({ unitsPresent: target.value })} />}
        </Field>
        <Field name="meeting-minutes" label={t('minutes')} error={errors['meeting-minutes']} {...(draft.savedAt !== undefined && { hint: `${t('saved')} ${timeOf(draft.savedAt)}` })}>
          {(inside) => <Input.TextArea {...inside} rows={12} maxLength={8000} value={typed.minutes} onChange={({ target }) => change({ minutes: target.value })} />}
        </Field>
        <Button type="primary" htmlType="submit" loading={record.isRunning} block>
          {t('doRecord')}
        </Button>
      </form>
    </Drawer>
  );
}
