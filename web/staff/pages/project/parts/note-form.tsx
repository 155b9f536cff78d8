import { useState } from 'react';
import { Button, Input } from 'antd';
import { api, read } from '../../../../shared/api/client.ts';
import { useCommand } from '../../../../shared/api/command.ts';
import { useDraft } from '../../../../shared/api/drafts.ts';
import { dayOf } from '../../../../shared/format/time.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Choice } from '../../../blocks/choice.tsx';
import { Field } from '../../../blocks/form/field.tsx';
import { useOwnUnits } from '../../../blocks/own-units.ts';
import { Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { announceDone } from '../../../blocks/undo.tsx';
import { useMe, type Schemas } from '../../../me.ts';
import styles from '../page.module.css';
import { texts } from '../texts.ts';

const NOTED = ['agreed', 'implementing', 'acceptance', 'rectifying'];

/** 月报: the lead unit may say in a sentence or two how the month went; nobody is reminded of it. */
export function NoteForm({ project }: { readonly project: Schemas['Project'] }) {
  const { own } = useOwnUnits();
  if (!NOTED.includes(project.status) || !own.some(({ id }) => id === project.leadUnit)) return null;
  return <Form projectId={project.id} unitId={project.leadUnit ?? ''} since={dayOf(project.createdAt)} />;
}

function Form({ projectId, unitId, since }: { readonly projectId: string; readonly unitId: string; readonly since: string }) {
  const t = useTexts(texts);
  const { now, account } = useMe();
  const months = monthsBetween(since.slice(0, 7), dayOf(now).slice(0, 7));
  const [month, setMonth] = useState(months[0] ?? '');
  const [isMissing, setMissing] = useState(false);
  const draft = useDraft(`note/${account.id}/${projectId}`, '');
  const write = useCommand(
    (body: Schemas['ProjectNoteBody'], header) => read(api.POST('/api/v1/projects/{id}/notes', { params: { path: { id: projectId }, header }, body })),
    () => {
      draft.discard();
      draft.change('');
      announceDone(t('noteDone', { month }));
    },
  );
  const send = (): void => {
    const text = draft.value.trim();
    setMissing(text === '');
    if (text !== '') void write.run({ unitId, month, text });
  };
  return (
    <Section title={t('note')}>
      {write.problem && <Refusal error={write.problem} />}
      <form
        noValidate
        className={styles['note']}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Field name="note-month" label={t('noteMonth')}>
          {({ id }) => <Choice id={id} value={month} options={months.map((value) => ({ value, label: value }))} change={setMonth} />}
        </Field>
        <Field name="note-text" label={t('noteText')} hint={t('noteHint')} error={isMissing ? t('noteMissing') : undefined}>
          {(inside) => <Input.TextArea {...inside} rows={2} maxLength={500} value={draft.value} onChange={({ target }) => draft.change(target.value)} />}
        </Field>
        <Button htmlType="submit" loading={write.isRunning}>
          {t('noteSend')}
        </Button>
      </form>
    </Section>
  );
}

/** The latest first. */
function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (let [year = 0, month = 0] = last.split('-').map(Number); `${year}-${String(month).padStart(2, '0')}` >= first; ) {
    months.push(`${year}-${String(month).padStart(2, '0')}`);
    [year, month] = month === 1 ? [year - 1, 12] : [year, month - 1];
  }
  return months;
}
