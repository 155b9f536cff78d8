import { useState } from 'react';
import { Button, Checkbox, Drawer, Form, Input, Select } from 'antd';
import { useCommand } from '../../../../shared/api/command.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Pick } from '../../../blocks/form/pick.tsx';
import { announceDone } from '../../../blocks/undo.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { useUnits } from '../../../blocks/units.ts';
import { COMMANDS, HANDLINGS, type Action, type FieldSpec, type Values } from '../commands.ts';
import { texts } from '../texts.ts';
import styles from '../page.module.css';

interface Props {
  readonly projectId: string;
  readonly action: Action;
  readonly close: () => void;
}

/** What a command asks for, beside the project; sent once, shown done only when the case says so. */
export function CommandForm({ projectId, action, close }: Props) {
  const t = useTexts(texts);
  const spec = COMMANDS[action.command];
  const [values, setValues] = useState<Values>({});
  const [missing, setMissing] = useState<readonly string[]>([]);
  const command = useCommand(
    (typed: Values, header) => spec?.send({ id: projectId, unitId: action.unitId ?? '', header }, typed) ?? Promise.resolve(),
    () => {
      if (spec) announceDone(`✓ ${t(spec.label).replace('…', '')}`);
      close();
    },
  );
  if (!spec) return null;
  const submit = (): void => {
    const holes = spec.fields.filter(({ name, kind, isOptional }) => kind !== 'yes' && !isOptional && String(values[name] ?? '').trim() === '');
    setMissing(holes.map(({ name }) => name));
    if (holes.length === 0) void command.run(values);
  };
  return (
    <Drawer open title={t(spec.label).replace('…', '')} onClose={close} size="default" destroyOnHidden>
      {spec.warning && <p className={styles['warning']}>{t(spec.warning)}</p>}
      {command.problem && <Refusal error={command.problem} />}
      <Form layout="vertical" onFinish={submit}>
        {spec.fields.map((field) => (
          <CommandField
            key={field.name}
            field={field}
            value={values[field.name]}
            isMissing={missing.includes(field.name)}
            change={(value) => setValues({ ...values, [field.name]: value })}
          />
        ))}
        <Button type="primary" htmlType="submit" loading={command.isRunning} danger={spec.warning !== undefined} block>
          {command.isRunning ? t('running') : t(spec.label).replace('…', '')}
        </Button>
      </Form>
    </Drawer>
  );
}

interface FieldProps {
  readonly field: FieldSpec;
  readonly value: string | boolean | undefined;
  readonly isMissing: boolean;
  readonly change: (value: string | boolean) => void;
}

function CommandField({ field: { name, label, kind }, value, isMissing, change }: FieldProps) {
  const t = useTexts(texts);
  const said = typeof value === 'string' ? value : '';
  const id = `command-${name}`;
  if (kind === 'yes') {
    return (
      <Form.Item>
        <Checkbox checked={value === true} onChange={({ target }) => change(target.checked)}>
          {t(label)}
        </Checkbox>
      </Form.Item>
    );
  }
  const status = isMissing ? { validateStatus: 'error' as const, help: t('missing', { what: t(label) }) } : {};
  return (
    <Form.Item label={t(label)} htmlFor={id} {...status}>
      {kind === 'text' && <Input.TextArea id={id} rows={4} maxLength={4000} value={said} onChange={({ target }) => change(target.value)} />}
      {kind === 'unit' && <UnitSelect id={id} value={said} change={change} />}
      {kind === 'doubtful' && (
        <Select
          id={id}
          allowClear
          placeholder={t('doubtsNone')}
          {...(said !== '' && { value: said })}
          options={HANDLINGS.map((it) => ({ value: it, label: t(`doubts.${it}`) }))}
          onChange={(chosen?: string) => change(chosen ?? '')}
        />
      )}
      {kind === 'date' && <Input id={id} type="date" value={said} onChange={({ target }) => change(target.value)} />}
      {(kind === 'count' || kind === 'percent') && (
        <Input id={id} inputMode="numeric" value={said} onChange={({ target }) => change(target.value.replace(/\D/g, ''))} />
      )}
    </Form.Item>
  );
}

function UnitSelect({ id, value, change }: { readonly id: string; readonly value: string; readonly change: (value: string) => void }) {
  const t = useTexts(texts);
  const units = useUnits();
  const options = [...(units.data?.values() ?? [])]
    .filter(({ kind }) => kind === 'coBuildingUnit' || kind === 'socialOrganization')
    .map(({ id: unit, name }) => ({ value: unit, label: name }));
  return (
    <Pick
      id={id}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('choose')}
      {...(value !== '' && { value })}
      options={options}
      onChange={(chosen: string) => change(chosen)}
    />
  );
}
