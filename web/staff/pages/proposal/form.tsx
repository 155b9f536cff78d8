import { useState } from 'react';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { timeOf } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { ErrorSummary, type FieldErrors } from '../../blocks/form/error-summary.tsx';
import styles from '../../blocks/form/form.module.css';
import { useEdited, useReloadWhenStale } from '../../blocks/form/use-edited.ts';
import { Button } from '../../blocks/button.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { ProposalFields } from './fields.tsx';
import { texts } from './texts.ts';
import { bodyOf, errorsOf, type Proposal, type Values } from './values.ts';

interface Props {
  /** Names the draft on this device. */
  readonly name: string;
  readonly server: Values;
  /** Absent = a new one. */
  readonly proposal?: Proposal;
  readonly onDone: (proposal: Proposal) => void;
}

export function ProposalForm({ name, server, proposal, onDone }: Props) {
  const t = useTexts(texts);
  const { values, change, others, isTouched, savedAt, discard } = useEdited<Values>(name, server);
  const [errors, setErrors] = useState<FieldErrors>({});
  const send = useCommand(
    ({ wanted, version }: { wanted: Values; version: number | undefined }, key) =>
      proposal && version !== undefined
        ? read(api.PATCH('/api/v1/proposals/{id}', { params: { path: { id: proposal.id }, header: { ...key, 'If-Match': `"${version}"` } }, body: bodyOf(wanted) }))
        : read(api.POST('/api/v1/proposals', { params: { header: key }, body: { ...bodyOf(wanted), communityId: wanted.communityId } })),
    (kept) => {
      discard();
      announceDone(`✓ ${t(proposal ? 'saved' : 'drafted', { number: kept.number })}`);
      onDone(kept);
    },
  );
  useReloadWhenStale(send.problem);
  const submit = (): void => {
    const found = errorsOf(values, t);
    setErrors(found);
    if (Object.keys(found).length === 0) void send.run({ wanted: values, version: proposal?.version });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {send.problem && <Refusal error={send.problem} />}
      <ErrorSummary errors={errors} />
      <ProposalFields {...{ values, change, errors, others }} isNew={!proposal} />
      <div className={styles['buttons']}>
        <Button type={proposal ? 'default' : 'primary'} htmlType="submit" loading={send.isRunning}>
          {t(proposal ? 'save' : 'draftIt')}
        </Button>
        {isTouched && savedAt !== undefined && <span className={styles['hint']}>{t('kept', { time: timeOf(savedAt) })}</span>}
      </div>
    </form>
  );
}
