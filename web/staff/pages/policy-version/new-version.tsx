import { useState } from 'react';
import { Button, Form, Input, Select } from 'antd';
import { useNavigate } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useDraft } from '../../../shared/api/drafts.ts';
import { timeOf } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { Page, Section } from '../../blocks/page.tsx';
import { EVIDENCE, usePolicyWords, type Evidence, type PolicyScalar } from '../../blocks/policy-words.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { useToday } from '../../blocks/workdays.ts';
import { useMe } from '../../me.ts';
import type { Pack, Parameter, Published } from './pack.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';
import { scalarOf, typedOf } from './typed-values.ts';

interface TypedChange {
  readonly value: string;
  readonly source: string;
  readonly grade: Evidence;
}

interface Typed {
  readonly changes: Readonly<Record<string, TypedChange>>;
  readonly from: string;
  readonly reason: string;
}

/** Changes one or more values, each with its source; then a check of exactly what becomes different, and publication. */
export function NewVersion({ pack, close }: { readonly pack: Pack; readonly close: () => void }) {
  const t = useTexts(texts);
  const me = useMe();
  const today = useToday();
  const words = usePolicyWords();
  const language = useLanguage();
  const navigate = useNavigate();
  const draft = useDraft<Typed>(`policy/${me.account.id}/${pack.kind}/${pack.version}`, { changes: {}, from: today, reason: '' });
  const [isChecking, setChecking] = useState(false);
  const [missing, setMissing] = useState<string>();
  const publish = useCommand(
    (body: Published, header) =>
      read(api.POST('/api/v1/policy-packs/{kind}', { params: { path: { kind: pack.kind }, header: { ...header, 'If-Match': `"${pack.version}"` } }, body })),
    async ({ version }) => {
      draft.discard();
      announceDone(`✓ ${t('published', { version })}`);
      close();
      await navigate(`/policy/${pack.kind}/${version}`);
    },
  );
  const { changes, from, reason } = draft.value;
  const labelOf = ({ label }: Parameter): string => (language === 'en' ? label.en : label.zh);
  const changed = pack.parameters.flatMap((parameter) => {
    const change = changes[parameter.name];
    const value = change && scalarOf(change.value, parameter.value, parameter.unit);
    const isSame = JSON.stringify(value) === JSON.stringify(parameter.value) && change?.source === parameter.source && change.grade === parameter.grade;
    return change && !isSame ? [{ parameter, change, value }] : [];
  });
  const put = (parameter: Parameter, change: Partial<TypedChange>): void => {
    const { value, unit, source, grade } = parameter;
    const before = changes[parameter.name] ?? { value: typedOf(value, unit), source, grade };
    draft.change({ ...draft.value, changes: { ...changes, [parameter.name]: { ...before, ...change } } });
  };
  const check = (): void => {
    const wrong = changed.find(({ value, change }) => value === undefined || change.source.trim() === '');
    const hole = wrong ? labelOf(wrong.parameter) : changed.length === 0 ? t('anyChange') : from === '' ? t('day') : reason.trim() === '' ? t('reason') : undefined;
    setMissing(hole);
    setChecking(hole === undefined);
  };
  const send = (): void => {
    const body = changed.map(({ parameter, change, value }) => [parameter.name, { value: value as PolicyScalar, source: change.source.trim(), grade: change.grade }] as const);
    void publish.run({ effectiveFrom: from, reason: reason.trim(), changes: Object.fromEntries(body) as Published['changes'] });
  };

  if (isChecking) {
    return (
      <Page
        title={t('checkTitle', { kind: words.kind(pack.kind), version: pack.version + 1 })}
        lead={t('checkLead')}
        actions={<Button onClick={() => setChecking(false)}>{t('goOn')}</Button>}
        primary={
          <Button type="primary" loading={publish.isRunning} onClick={send}>
            {t('publish')}
          </Button>
        }
      >
        {publish.problem && <Refusal error={publish.problem} />}
        <Section title={t('willChange')}>
          <ul>
            {changed.map(({ parameter, change, value }) => (
              <li key={parameter.name}>
                <strong>{labelOf(parameter)}</strong>{' '}
                {t('change', { from: words.value(parameter.value, parameter.unit), to: words.value(value ?? '', parameter.unit) })} {words.unit(parameter.unit)}（
                {words.grade(change.grade)}，{change.source}）
              </li>
            ))}
          </ul>
          <p>{t('effect', { day: from })}</p>
          <p>{t('because', { reason })}</p>
        </Section>
      </Page>
    );
  }
  return (
    <Page
      title={t('writeTitle', { kind: words.kind(pack.kind), version: pack.version + 1 })}
      lead={draft.savedAt === undefined ? t('writeLead') : t('saved', { at: timeOf(draft.savedAt) })}
      actions={<Button onClick={close}>{t('back')}</Button>}
      primary={
        <Button type="primary" onClick={check}>
          {t('check')}
        </Button>
      }
    >
      {missing !== undefined && <p role="alert">⚠ {t('missing', { what: missing })}</p>}
      <Form layout="vertical" onFinish={check}>
        <Section title={t('why')}>
          <Form.Item label={t('day')} htmlFor="policy-from" extra={t('dayHint')}>
            <Input id="policy-from" type="date" value={from} onChange={({ target }) => draft.change({ ...draft.value, from: target.value })} />
          </Form.Item>
          <Form.Item label={t('reason')} htmlFor="policy-reason">
            <Input.TextArea id="policy-reason" rows={2} maxLength={500} value={reason} onChange={({ target }) => draft.change({ ...draft.value, reason: target.value })} />
          </Form.Item>
        </Section>
        <Section title={t('parameters')}>
          {pack.parameters.map((parameter) => (
            <ParameterFields key={parameter.name} label={labelOf(parameter)} parameter={parameter} change={changes[parameter.name]} put={(change) => put(parameter, change)} />
          ))}
        </Section>
      </Form>
    </Page>
  );
}

interface FieldsProps {
  readonly label: string;
  readonly parameter: Parameter;
  readonly change: TypedChange | undefined;
  readonly put: (change: Partial<TypedChange>) => void;
}

function ParameterFields({ label, parameter, change, put }: FieldsProps) {
  const t = useTexts(texts);
  const words = usePolicyWords();
  const { name, value, unit, source, grade } = parameter;
  const typed = change ?? { value: typedOf(value, unit), source, grade };
  const choices = typeof value === 'boolean' ? ['true', 'false'] : unit === 'grade' ? ['excellent', 'good', 'pass'] : unit === 'rule' ? ['optimal', 'stable'] : undefined;
  return (
    <fieldset className={styles['parameter']}>
      <legend>{label}</legend>
      <Form.Item label={`${t('value')}（${words.unit(unit)}）`} htmlFor={`policy-${name}`}>
        {choices ? (
          <Select id={`policy-${name}`} value={typed.value} options={choices.map((it) => ({ value: it, label: words.value(it, unit) }))} onChange={(chosen: string) => put({ value: chosen })} />
        ) : (
          <Input id={`policy-${name}`} value={typed.value} maxLength={80} onChange={({ target }) => put({ value: target.value })} />
        )}
      </Form.Item>
      {change && (
        <>
          <Form.Item label={t('grade')} htmlFor={`policy-${name}-grade`}>
            <Select id={`policy-${name}-grade`} value={typed.grade} options={EVIDENCE.map((it) => ({ value: it, label: words.grade(it) }))} onChange={(chosen: Evidence) => put({ grade: chosen })} />
          </Form.Item>
          <Form.Item label={t('source')} htmlFor={`policy-${name}-source`} className={styles['wide'] ?? ''}>
            <Input id={`policy-${name}-source`} value={typed.source} maxLength={500} onChange={({ target }) => put({ source: target.value })} />
          </Form.Item>
        </>
      )}
    </fieldset>
  );
}
