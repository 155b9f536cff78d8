import { useState } from 'react';
import { Button, Input, Select } from 'antd';
import { Link } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { StageView } from '../../../shared/stage-view/stage-view.tsx';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Field } from '../../blocks/form/field.tsx';
import styles from '../../blocks/form/form.module.css';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { holds, useMe, type Schemas } from '../../me.ts';
import { Copy } from './copy.tsx';
import { texts } from './texts.ts';

type RequestFile = Schemas['RightsRequestFile'];
type Ground = Schemas['RightsRefusal']['ground'];

const GROUNDS = ['identity', 'legalHold', 'statutoryTerm', 'unfounded'] as const satisfies readonly Ground[];

/** One request: where it is, what was asked, and its answer. */
export function Detail({ id }: { readonly id: string }) {
  const t = useTexts(texts);
  const me = useMe();
  const language = useLanguage();
  const path = { params: { path: { id } } };
  const found = useQuery({ queryKey: ['rights', id], queryFn: () => read(api.GET('/api/v1/rights-requests/{id}', path)) });
  const stage = useQuery({ queryKey: ['rights', id, 'stage', language], queryFn: () => read(api.GET('/api/v1/rights-requests/{id}/stage', path)) });
  if (found.isPending) return <RowsSkeleton rows={5} />;
  if (found.isError) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  const request = found.data;
  const mayAnswer = holds(me, 'needs.triage');
  return (
    <>
      {stage.data && <StageView stage={stage.data} />}
      <Written request={request} />
      <p>
        <Link to={`/needs/triage?id=${request.needId}`}>{t('need')}</Link>
      </p>
      {mayAnswer && request.right === 'access' && (request.status === 'received' || request.status === 'carriedOut') && <Copy id={id} />}
      {mayAnswer && request.status === 'received' && <Answer request={request} />}
    </>
  );
}

function Written({ request: { contents } }: { readonly request: RequestFile }) {
  const t = useTexts(texts);
  const textOf = (kind: 'wish' | 'refusal'): string | null | undefined => contents.find((it) => it.kind === kind)?.text;
  const [wish, refusal] = [textOf('wish'), textOf('refusal')];
  return (
    <dl>
      <dt className={styles['hint']}>{t('wish')}</dt>
      <dd>{wish === null ? t('gone') : wish === undefined || wish === '' ? t('wishNone') : wish}</dd>
      {refusal !== undefined && (
        <>
          <dt className={styles['hint']}>{t('reason')}</dt>
          <dd>{refusal ?? t('gone')}</dd>
        </>
      )}
    </dl>
  );
}

const CORRECTED = ['words', 'name', 'phone'] as const;

function Answer({ request: { id, right, heldFor } }: { readonly request: RequestFile }) {
  const t = useTexts(texts);
  const [typed, setTyped] = useState<Readonly<Partial<Record<(typeof CORRECTED)[number], string>>>>({});
  const [isMissing, setMissing] = useState(false);
  const [isRefusing, setRefusing] = useState(false);
  const carryOut = useCommand(
    (body: Schemas['RightsCarryOut'], header) => read(api.POST('/api/v1/rights-requests/{id}/carry-out', { params: { path: { id }, header }, body })),
    () => announceDone(`✓ ${t('done')}`),
  );
  const correction = Object.fromEntries(Object.entries(typed).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()]])));
  const isEmpty = Object.keys(correction).length === 0;
  const go = (): void => {
    const lacks = right === 'correction' && isEmpty;
    setMissing(lacks);
    if (!lacks) void carryOut.run(right === 'correction' ? { correction } : {});
  };
  if (isRefusing) return <Refuse id={id} cancel={() => setRefusing(false)} />;
  return (
    <>
      {carryOut.problem && <Refusal error={carryOut.problem} />}
      {heldFor !== null && right === 'deletion' && <p role="note">⚠ {t('held')}</p>}
      {right === 'correction' &&
        CORRECTED.map((name) => (
          <Field key={name} name={`rights-${name}`} label={t(name)} hint={t('correctionHint')} error={isMissing && name === 'words' ? t('correctionMissing') : undefined}>
            {(inside) => <Input {...inside} value={typed[name] ?? ''} onChange={({ target }) => setTyped({ ...typed, [name]: target.value })} />}
          </Field>
        ))}
      <p className={styles['hint']}>{t(`warn.${right}`)}</p>
      <div className={styles['buttons']}>
        <Button type="primary" danger={right === 'deletion'} loading={carryOut.isRunning} onClick={go}>
          {t(`carryOut.${right}`)}
        </Button>
        <Button onClick={() => setRefusing(true)}>{t('refuse')}</Button>
      </div>
    </>
  );
}

function Refuse({ id, cancel }: { readonly id: string; readonly cancel: () => void }) {
  const t = useTexts(texts);
  const [ground, setGround] = useState<Ground>('identity');
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const refuse = useCommand(
    (body: Schemas['RightsRefusal'], header) => read(api.POST('/api/v1/rights-requests/{id}/refuse', { params: { path: { id }, header }, body })),
    () => announceDone(`✓ ${t('done')}`),
  );
  const go = (): void => {
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') void refuse.run({ ground, reason: reason.trim() });
  };
  return (
    <>
      {refuse.problem && <Refusal error={refuse.problem} />}
      <Field name="rights-ground" label={t('ground')}>
        {(inside) => <Select {...inside} value={ground} options={GROUNDS.map((value) => ({ value, label: t(`ground.${value}`) }))} onChange={setGround} />}
      </Field>
      <Field name="rights-reason" label={t('reason')} error={isMissing ? t('reasonMissing') : undefined}>
        {(inside) => <Input.TextArea {...inside} rows={3} maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />}
      </Field>
      <div className={styles['buttons']}>
        <Button type="primary" loading={refuse.isRunning} onClick={go}>
          {t('confirmRefuse')}
        </Button>
        <Button onClick={cancel}>{t('cancel')}</Button>
      </div>
    </>
  );
}
