import { useState } from 'react';
import { Button, Drawer, Input } from 'antd';
import { api, read } from '../../../../shared/api/client.ts';
import { useCommand } from '../../../../shared/api/command.ts';
import { longDay } from '../../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../../shared/texts/use-texts.ts';
import { ErrorSummary, type FieldErrors } from '../../../blocks/form/error-summary.tsx';
import { Field } from '../../../blocks/form/field.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { announceDone } from '../../../blocks/undo.tsx';
import { texts } from '../texts.ts';
import type { Detail } from './results.tsx';

export function MoveMeeting({ cycle: { communityId, quarter, meetingOn }, close }: { readonly cycle: Detail; readonly close: () => void }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const [typed, setTyped] = useState({ meetingOn, reason: '' });
  const [errors, setErrors] = useState<FieldErrors>({});
  const move = useCommand(
    (body: { meetingOn: string; reason: string }, header) =>
      read(api.POST('/api/v1/quarters/{communityId}/{quarter}/move-meeting', { params: { path: { communityId, quarter }, header }, body })),
    (after) => {
      announceDone(t('moved', { day: longDay(after.meetingOn, language) }));
      close();
    },
  );
  const submit = (): void => {
    const found = {
      ...(typed.meetingOn === '' && { 'meeting-on': t('missing', { what: t('moveTo') }) }),
      ...(typed.reason.trim() === '' && { 'meeting-reason': t('missing', { what: t('reason') }) }),
    };
    setErrors(found);
    if (Object.keys(found).length === 0) void move.run({ meetingOn: typed.meetingOn, reason: typed.reason.trim() });
  };
  return (
    <Drawer open title={t('move').replace('…', '')} onClose={close} destroyOnHidden>
      {move.problem && <Refusal error={move.problem} />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <ErrorSummary errors={errors} />
        <Field name="meeting-on" label={t('moveTo')} hint={t('moveHint')} error={errors['meeting-on']}>
          {(inside) => <Input {...inside} type="date" value={typed.meetingOn} onChange={({ target }) => setTyped({ ...typed, meetingOn: target.value })} />}
        </Field>
        <Field name="meeting-reason" label={t('reason')} error={errors['meeting-reason']}>
          {(inside) => <Input.TextArea {...inside} rows={4} maxLength={8000} value={typed.reason} onChange={({ target }) => setTyped({ ...typed, reason: target.value })} />}
        </Field>
        <Button type="primary" htmlType="submit" loading={move.isRunning} block>
          {t('doMove')}
        </Button>
      </form>
    </Drawer>
  );
}
