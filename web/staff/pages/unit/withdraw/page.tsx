import { useState } from 'react';
import { Button, Input } from 'antd';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { useCommand } from '../../../../shared/api/command.ts';
import { useDraft } from '../../../../shared/api/drafts.ts';
import { exactMoney } from '../../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../../shared/texts/use-texts.ts';
import { CheckPage } from '../../../blocks/check-page.tsx';
import { Field } from '../../../blocks/form/field.tsx';
import { Page, Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { PageSkeleton } from '../../../blocks/skeletons.tsx';
import { announceDone } from '../../../blocks/undo.tsx';
import { useUnitName } from '../../../blocks/units.ts';
import type { Schemas } from '../../../me.ts';
import { texts } from './texts.ts';

/** Leaving a project: the reason, then everything that follows from it, then one button. */
export default function WithdrawPage() {
  const { id = '' } = useParams();
  const found = useQuery({
    queryKey: ['project', id, 'withdraw'],
    queryFn: async () => {
      const params = { path: { id } };
      const [project, funding] = await Promise.all([
        read(api.GET('/api/v1/projects/{id}', { params })),
        read(api.GET('/api/v1/projects/{id}/funding', { params })),
      ]);
      return { project, lines: funding.lines };
    },
  });
  if (found.isPending) return <PageSkeleton />;
  if (!found.data) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  return <Withdrawal {...found.data} />;
}

interface Props {
  readonly project: Schemas['Project'];
  readonly lines: Schemas['ProjectFunding']['lines'];
}

function Withdrawal({ project, lines }: Props) {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [wanted] = useSearchParams();
  const draft = useDraft(`withdraw/${project.id}`, '');
  const [isMissing, setMissing] = useState(false);
  const reason = draft.value.trim();
  if (wanted.has('check') && reason !== '') return <Check project={project} lines={lines} reason={reason} done={draft.discard} />;
  const check = (): void => {
    setMissing(reason === '');
    if (reason !== '') void navigate('?check');
  };
  return (
    <Page
      title={t('title', { project: project.title })}
      lead={t('lead')}
      primary={
        <Button type="primary" onClick={check}>
          {t('check')}
        </Button>
      }
    >
      <Section title={project.title}>
        <Field name="reason" label={t('reason')} error={isMissing ? t('missing') : undefined}>
          {(inside) => <Input.TextArea {...inside} rows={5} maxLength={4000} value={draft.value} onChange={({ target }) => draft.change(target.value)} />}
        </Field>
      </Section>
    </Page>
  );
}

function Check({ project, lines, reason, done }: Props & { readonly reason: string; readonly done: () => void }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const unitName = useUnitName();
  const navigate = useNavigate();
  const { id, number, title, communityId, leadUnit } = project;
  const own = lines.filter(({ funderId, book }) => funderId === leadUnit && book === 'money');
  const sum = (of: (line: (typeof own)[number]) => number): string => exactMoney(own.reduce((all, line) => all + of(line), 0), language);
  const withdraw = useCommand(
    (body: { unitId: string; reason: string }, header) => read(api.POST('/api/v1/projects/{id}/withdraw', { params: { path: { id }, header }, body })),
    () => {
      done();
      announceDone(t('done', { number }));
      void navigate('/unit', { replace: true });
    },
  );
  const address = `/unit/projects/${id}/withdraw`;
  return (
    <CheckPage
      title={t('checkTitle', { project: title })}
      changes={[
        { label: t('reason'), value: reason, edit: address },
        { label: t('leader'), value: t('leaderNone') },
        { label: t('money'), value: t('moneyFrozen', { open: sum((line) => line.pledged - line.delivered), there: sum((line) => line.delivered) }) },
        { label: t('next'), value: t('nextAsked') },
        { label: t('record'), value: t('recordKept') },
      ]}
      told={[t('told.community', { community: unitName(communityId) }), t('told.manager'), t('told.next')]}
      action={t('action')}
      command={withdraw}
      input={{ unitId: leadUnit ?? '', reason }}
      back={`/projects/${id}`}
    />
  );
}
