import { useState } from 'react';
import { Button, Drawer, Input } from 'antd';
import { useNavigate } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { useDraft } from '../../../shared/api/drafts.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { fenOf } from '../../blocks/form/amounts.ts';
import { ErrorSummary, type FieldErrors } from '../../blocks/form/error-summary.tsx';
import { Field } from '../../blocks/form/field.tsx';
import { Pick } from '../../blocks/form/pick.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { useUnitName } from '../../blocks/units.ts';
import { useMe, type Schemas } from '../../me.ts';
import { texts } from './texts.ts';

const MOST_PROJECTS = 100;

interface Props {
  /** Chosen before; empty = none. */
  readonly projectId: string;
  readonly close: () => void;
}

export function ProposeForm({ projectId, close }: Props) {
  const t = useTexts(texts);
  const me = useMe();
  const navigate = useNavigate();
  const unitName = useUnitName();
  const draft = useDraft(`award/${me.account.id}/${projectId}`, { projectId, recipientId: '', amount: '', purpose: '' });
  const [errors, setErrors] = useState<FieldErrors>({});
  const graded = useQuery({
    queryKey: ['projects', 'evaluated'],
    queryFn: () => read(api.GET('/api/v1/projects', { params: { query: { status: 'evaluated', limit: MOST_PROJECTS } } })),
  });
  const propose = useCommand(
    (body: Schemas['AwardToPropose'], header) => read(api.POST('/api/v1/awards', { params: { header }, body })),
    ({ id }) => {
      draft.discard();
      announceDone(t('done'));
      void navigate(`/awards/${id}`);
    },
  );
  const { value: typed } = draft;
  const change = (part: Partial<typeof typed>): void => draft.change({ ...typed, ...part });
  const projects = graded.data?.items ?? [];
  const chosen = projects.find(({ id }) => id === typed.projectId);
  const recipients = chosen ? [chosen.communityId, ...(chosen.implementerId === null ? [] : [chosen.implementerId])] : [];
  const submit = (): void => {
    const amountFen = fenOf(typed.amount);
    const purpose = typed.purpose.trim();
    const found = {
      ...(typed.projectId === '' && { 'award-project': t('missing', { what: t('project') }) }),
      ...(typed.recipientId === '' && { 'award-recipient': t('missing', { what: t('recipient') }) }),
      ...(!amountFen && { 'award-amount': t('badAmount') }),
      ...(purpose === '' && { 'award-purpose': t('missing', { what: t('purpose') }) }),
    };
    setErrors(found);
    if (amountFen && Object.keys(found).length === 0) void propose.run({ projectId: typed.projectId, recipientId: typed.recipientId, amountFen, purpose });
  };
  return (
    <Drawer open title={t('propose')} onClose={close} destroyOnHidden>
      {propose.problem && <Refusal error={propose.problem} />}
      {graded.isError && <Refusal error={graded.error} retry={() => void graded.refetch()} />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <ErrorSummary errors={errors} />
        <Field name="award-project" label={t('project')} error={errors['award-project']} {...(graded.data && projects.length === 0 && { hint: t('noProjects') })}>
          {(inside) => (
            <Pick
              {...inside}
              style={{ width: '100%' }}
              showSearch={{ optionFilterProp: 'label' }}
              loading={graded.isPending}
              placeholder={t('choose')}
              {...(typed.projectId !== '' && { value: typed.projectId })}
              options={projects.map(({ id, number, title }) => ({ value: id, label: `${number} ${title}` }))}
              onChange={(value: string) => change({ projectId: value, recipientId: '' })}
            />
          )}
        </Field>
        <Field name="award-recipient" label={t('recipient')} error={errors['award-recipient']}>
          {(inside) => (
            <Pick
              {...inside}
              style={{ width: '100%' }}
              placeholder={t('chooseRecipient')}
              {...(typed.recipientId !== '' && { value: typed.recipientId })}
              options={recipients.map((id) => ({ value: id, label: unitName(id) }))}
              onChange={(value: string) => change({ recipientId: value })}
            />
          )}
        </Field>
        <Field name="award-amount" label={t('amount')} hint={t('amountHint')} error={errors['award-amount']}>
          {(inside) => <Input {...inside} inputMode="decimal" value={typed.amount} onChange={({ target }) => change({ amount: target.value })} />}
        </Field>
        <Field name="award-purpose" label={t('purpose')} hint={t('purposeHint')} error={errors['award-purpose']}>
          {(inside) => <Input.TextArea {...inside} rows={4} maxLength={2000} value={typed.purpose} onChange={({ target }) => change({ purpose: target.value })} />}
        </Field>
        <Button type="primary" htmlType="submit" loading={propose.isRunning} block>
          {t('doPropose')}
        </Button>
      </form>
    </Drawer>
  );
}
