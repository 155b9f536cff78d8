import { useState } from 'react';
import { Button, Input, Modal } from 'antd';
import { useNavigate } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { dayOfDeadline, longDay } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Field } from '../../blocks/form/field.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import type { Survey } from '../../blocks/survey-words.ts';
import { announceDone } from '../../blocks/undo.tsx';
import { holds, useMe } from '../../me.ts';
import { texts } from './texts.ts';
import { endOf } from './values.ts';

/** The next step of its way. */
export function PrimaryAction({ survey: { id, status, released } }: { readonly survey: Survey }) {
  const t = useTexts(texts);
  const me = useMe();
  const navigate = useNavigate();
  const go = (to: string, label: string) => (
    <Button type="primary" onClick={() => void navigate(`/needs/surveys/${id}${to}`)}>
      {label}
    </Button>
  );
  if (status === 'collecting') return holds(me, 'needs.triage') && go('/answer', t('answer'));
  if (!holds(me, 'needs.publish')) return null;
  if (status === 'draft') return released ? null : go('?check=release', t('release'));
  if (status === 'triage') return go('?check=list', t('list'));
  return status === 'listed' && go('?check=close', t('close'));
}

/** What is not the next step. Recalling can be taken back by releasing again; the rest has a page that says what changes. */
export function Actions({ survey: { id, status, released, closesAt } }: { readonly survey: Survey }) {
  const t = useTexts(texts);
  const me = useMe();
  const navigate = useNavigate();
  const params = (key: { readonly 'Idempotency-Key': string }) => ({ path: { id }, header: key });
  const release = useCommand((_: 'release', key) => read(api.POST('/api/v1/surveys/{id}/release', { params: params(key) })));
  const recall = useCommand(
    (_: 'recall', key) => read(api.POST('/api/v1/surveys/{id}/recall', { params: params(key) })),
    () => announceDone(`✓ ${t('recalled')}`, () => void release.run('release')),
  );
  if (!holds(me, 'needs.publish')) return null;
  const check = (move: string, label: string) => <Button onClick={() => void navigate(`/needs/surveys/${id}?check=${move}`)}>{label}</Button>;
  return (
    <>
      {status === 'draft' && released && (
        <Button loading={recall.isRunning} onClick={() => void recall.run('recall')}>
          {t('recall')}
        </Button>
      )}
      {status === 'draft' && check('discard', t('discard'))}
      {status === 'collecting' && <Extend id={id} closesAt={closesAt} />}
      {status === 'collecting' && check('endCollecting', t('endCollecting'))}
      {recall.problem && <Refusal error={recall.problem} />}
      {release.problem && <Refusal error={release.problem} />}
    </>
  );
}

/** Only to later. */
function Extend({ id, closesAt }: { readonly id: string; readonly closesAt: string }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const [asking, setAsking] = useState(false);
  const [day, setDay] = useState(dayOfDeadline(closesAt));
  const extend = useCommand(
    (until: string, key) =>
      read(api.POST('/api/v1/surveys/{id}/extend', { params: { path: { id }, header: key }, body: { closesAt: endOf(until) } })),
    (_, until) => {
      setAsking(false);
      announceDone(`✓ ${t('extended', { day: longDay(until, language) })}`);
    },
  );
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('extend')}</Button>
      <Modal
        title={t('extend').replace('…', '')}
        open={asking}
        okText={t('extend').replace('…', '')}
        cancelText={t('cancel')}
        okButtonProps={{ loading: extend.isRunning }}
        onOk={() => void extend.run(day)}
        onCancel={() => setAsking(false)}
        destroyOnHidden
      >
        {extend.problem && <Refusal error={extend.problem} />}
        <Field name="survey-extend" label={t('extendTo')}>
          {(inside) => <Input {...inside} type="date" min={dayOfDeadline(closesAt)} value={day} onChange={({ target }) => setDay(target.value)} />}
        </Field>
      </Modal>
    </>
  );
}
