import { useState } from 'react';
import { Button, Drawer, Input, Radio } from 'antd';
import { api, read } from '../../../../shared/api/client.ts';
import { useCommand, type KeyHeader } from '../../../../shared/api/command.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { ErrorSummary, type FieldErrors } from '../../../blocks/form/error-summary.tsx';
import { Field } from '../../../blocks/form/field.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { announceDone } from '../../../blocks/undo.tsx';
import { texts } from '../texts.ts';

export type Deed = 'refuse' | 'withdraw' | 'object' | 'answer';

interface Said {
  readonly text: string;
  /** Who handed in the objection. */
  readonly name: string;
  readonly phone: string;
  readonly upheld: boolean | undefined;
}

interface Props {
  readonly id: string;
  readonly deed: Deed;
  readonly close: () => void;
}

const PHONE = /^[+\d][\d\s-]{5,24}$/;
const LABELS = { refuse: 'reason', withdraw: 'reason', object: 'objection', answer: 'answerText' } as const;

function send(id: string, deed: Deed, { text, name, phone, upheld = false }: Said, header: KeyHeader): Promise<unknown> {
  const params = { path: { id }, header };
  switch (deed) {
    case 'refuse':
      return read(api.POST('/api/v1/awards/{id}/refuse', { params, body: { reason: text } }));
    case 'withdraw':
      return read(api.POST('/api/v1/awards/{id}/withdraw', { params, body: { reason: text } }));
    case 'object':
      return read(api.POST('/api/v1/awards/{id}/object', { params, body: { name, ...(phone !== '' && { phone }), reason: text } }));
    case 'answer':
      return read(api.POST('/api/v1/awards/{id}/answer-objection', { params, body: { upheld, answer: text } }));
  }
}

/** One thing in writing, sent once. */
export function DeedForm({ id, deed, close }: Props) {
  const t = useTexts(texts);
  const [said, say] = useState<Said>({ text: '', name: '', phone: '', upheld: undefined });
  const [errors, setErrors] = useState<FieldErrors>({});
  const command = useCommand(
    (typed: Said, header) => send(id, deed, typed, header),
    () => {
      announceDone(t('done'));
      close();
    },
  );
  const title = t(deed).replace('…', '');
  const label = t(LABELS[deed]);
  const submit = (): void => {
    const [text, name, phone] = [said.text.trim(), said.name.trim(), said.phone.trim()];
    const found = {
      ...(deed === 'object' && name === '' && { 'award-name': t('missing', { what: t('objector') }) }),
      ...(deed === 'object' && phone !== '' && !PHONE.test(phone) && { 'award-phone': t('phoneWrong') }),
      ...(deed === 'answer' && said.upheld === undefined && { 'award-verdict': t('missing', { what: t('verdict') }) }),
      ...(text === '' && { 'award-text': t('missing', { what: label }) }),
    };
    setErrors(found);
    if (Object.keys(found).length === 0) void command.run({ ...said, text, name, phone });
  };
  return (
    <Drawer open title={title} onClose={close} destroyOnHidden>
      {command.problem && <Refusal error={command.problem} />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <ErrorSummary errors={errors} />
        {deed === 'answer' && (
          <Field name="award-verdict" label={t('verdict')} error={errors['award-verdict']}>
            {({ id: name }) => (
              <Radio.Group
                id={name}
                vertical
                value={said.upheld}
                onChange={({ target }) => say({ ...said, upheld: target.value as boolean })}
                options={[
                  { value: false, label: t('dismissed') },
                  { value: true, label: t('upheld') },
                ]}
              />
            )}
          </Field>
        )}
        {deed === 'object' && (
          <>
            <Field name="award-name" label={t('objector')} error={errors['award-name']}>
              {(inside) => <Input {...inside} maxLength={60} autoComplete="off" value={said.name} onChange={({ target }) => say({ ...said, name: target.value })} />}
            </Field>
            <Field name="award-phone" label={t('objectorPhone')} error={errors['award-phone']}>
              {(inside) => <Input {...inside} maxLength={25} autoComplete="off" value={said.phone} onChange={({ target }) => say({ ...said, phone: target.value })} />}
            </Field>
          </>
        )}
        <Field name="award-text" label={label} error={errors['award-text']} {...(deed === 'answer' && { hint: t('answerPublic') })}>
          {(inside) => <Input.TextArea {...inside} rows={6} maxLength={2000} value={said.text} onChange={({ target }) => say({ ...said, text: target.value })} />}
        </Field>
        <Button type="primary" htmlType="submit" loading={command.isRunning} block>
          {title}
        </Button>
      </form>
    </Drawer>
  );
}
