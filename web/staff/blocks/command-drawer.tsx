import { Button, Checkbox, Drawer, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useCommand, type KeyHeader } from '../../shared/api/command.ts';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import styles from './command-drawer.module.css';
import { Pick } from './form/pick.tsx';
import { Refusal } from './problem.tsx';

const texts = defineTexts('staff/blocks/command-drawer', {
  missing: { zh: '请填写：{{what}}', en: 'Please fill in: {{what}}' },
  optional: { zh: '{{what}}（选填）', en: '{{what}} (optional)' },
  choose: { zh: '请选择', en: 'Please choose' },
  running: { zh: '正在办理…', en: 'Working…' },
});

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export type DrawerField = {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly isOptional?: true;
} & (
  | { readonly kind: 'text' | 'area'; readonly max: number; readonly autoComplete?: string }
  | { readonly kind: 'day' }
  | { readonly kind: 'choice'; readonly options: readonly Choice[] }
  | { readonly kind: 'choices'; readonly options: readonly Choice[] }
  | { readonly kind: 'switch' }
);

export interface Answers {
  /** Trimmed; absent where nothing was typed. */
  readonly text: (name: string) => string | undefined;
  readonly list: (name: string) => readonly string[];
  readonly isOn: (name: string) => boolean;
}

interface Props<Result> {
  readonly title: string;
  readonly action: string;
  readonly fields: readonly DrawerField[];
  readonly initial?: Readonly<Record<string, string | readonly string[] | boolean | null>>;
  /** What cannot be undone about it. */
  readonly warning?: string;
  readonly children?: ReactNode;
  readonly send: (answers: Answers, header: KeyHeader) => Promise<Result>;
  readonly done?: (result: Result) => void;
  readonly close: () => void;
}

/** One command with what it asks for, beside its page. Refused, it says why and keeps what was typed; done, it closes. */
export function CommandDrawer<Result>({ title, action, fields, initial, warning, children, send, done, close }: Props<Result>) {
  const t = useTexts(texts);
  const command = useCommand(
    (values: Readonly<Record<string, unknown>>, header) => send(answersOf(values), header),
    (result) => {
      close();
      done?.(result);
    },
  );
  return (
    <Drawer open title={title} onClose={close} destroyOnHidden>
      {warning !== undefined && <p className={styles['warning']}>{warning}</p>}
      {children}
      {command.problem && <Refusal error={command.problem} />}
      <Form
        name="drawer"
        layout="vertical"
        requiredMark={false}
        scrollToFirstError={{ focus: true }}
        initialValues={{ ...initial }}
        onFinish={(values: Record<string, unknown>) => void command.run(values)}
      >
        {fields.map((field) => (
          <Form.Item
            key={field.name}
            name={field.name}
            label={field.kind === 'switch' ? undefined : field.isOptional ? t('optional', { what: field.label }) : field.label}
            extra={field.hint}
            valuePropName={field.kind === 'switch' ? 'checked' : 'value'}
            rules={field.isOptional || field.kind === 'switch' ? [] : [{ required: true, message: t('missing', { what: field.label }) }]}
          >
            {control(field, t('choose'))}
          </Form.Item>
        ))}
        <Button type="primary" htmlType="submit" loading={command.isRunning} danger={warning !== undefined} block>
          {command.isRunning ? t('running') : action}
        </Button>
      </Form>
    </Drawer>
  );
}

function control(field: DrawerField, choose: string): ReactNode {
  switch (field.kind) {
    case 'text':
      return <Input maxLength={field.max} autoComplete={field.autoComplete ?? 'off'} />;
    case 'area':
      return <Input.TextArea rows={4} maxLength={field.max} />;
    case 'day':
      return <Input type="date" />;
    case 'switch':
      return <Checkbox>{field.label}</Checkbox>;
    default:
      return (
        <Pick
          {...(field.kind === 'choices' && { mode: 'multiple' as const })}
          allowClear={field.isOptional === true}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={choose}
          options={field.options.map((it) => ({ ...it }))}
        />
      );
  }
}

function answersOf(values: Readonly<Record<string, unknown>>): Answers {
  return {
    text: (name) => {
      const value = values[name];
      return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
    },
    list: (name) => (Array.isArray(values[name]) ? (values[name] as string[]) : []),
    isOn: (name) => values[name] === true,
  };
}
