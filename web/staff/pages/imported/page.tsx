import { useState } from 'react';
import { Button, Input } from 'antd';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { wholeNumber } from '../../../shared/format/money.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { CheckPage } from '../../blocks/check-page.tsx';
import { Page, Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { PageSkeleton } from '../../blocks/skeletons.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import type { Schemas } from '../../me.ts';
import { texts } from './texts.ts';

type Imported = Schemas['Import'];
type Kind = Imported['kind'];

const KINDS = ['needs', 'offers', 'proposals', 'projects'] as const satisfies readonly Kind[];
const NEXT: Readonly<Record<Kind, string>> = { needs: '/needs/triage', offers: '/offers', proposals: '/needs/proposals', projects: '/projects' };

export default function ImportedPage() {
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const kind = KINDS.find((it) => it === search.get('kind')) ?? 'needs';
  const found = useQuery({
    queryKey: ['imported', kind, id],
    queryFn: () => read(api.GET('/api/v1/imports/{kind}/{id}', { params: { path: { kind, id } } })),
  });
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  return search.has('undo') ? <UndoCheck imported={found.data} /> : <Shown imported={found.data} />;
}

function Shown({ imported }: { readonly imported: Imported }) {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const { id, kind, importedAt, taken, unchanged, bad, takeOver, undoneAt, reason } = imported;
  const facts: readonly (readonly [string, string])[] = [
    [t('at'), dateAndTime(importedAt)],
    [t('taken'), wholeNumber(taken)],
    [t('unchanged'), wholeNumber(unchanged)],
    [t('bad'), wholeNumber(bad)],
    [t('state'), undoneAt === null ? t('inPlace') : t('undone', { at: dateAndTime(undoneAt), reason: reason ?? '' })],
  ];
  return (
    <Page
      title={t(`title.${kind}`)}
      lead={<Link to={`/needs/import?kind=${kind}`}>‹ {t('back')}</Link>}
      actions={undoneAt === null && taken > 0 && <Button onClick={() => void navigate(`/needs/import/${id}?kind=${kind}&undo=yes`)}>{t('undo')}</Button>}
      primary={
        undoneAt === null && (
          <Button type="primary" onClick={() => void navigate(NEXT[kind])}>
            {t(`next.${kind}`)}
          </Button>
        )
      }
    >
      <Section title={t('what')}>
        {facts.map(([label, value]) => (
          <p key={label}>
            {label}：{value}
          </p>
        ))}
        {takeOver && <p>{t('takeOver')}</p>}
      </Section>
    </Page>
  );
}

function UndoCheck({ imported: { id, kind, taken } }: { readonly imported: Imported }) {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const here = `/needs/import/${id}?kind=${kind}`;
  const undo = useCommand(
    (body: { reason: string }, key) =>
      kind === 'projects'
        ? read(api.POST('/api/v1/imports/projects/{id}/undo', { params: { path: { id }, header: key }, body }))
        : read(api.POST('/api/v1/imports/{kind}/{id}/undo', { params: { path: { kind, id }, header: key }, body })),
    () => {
      announceDone(`✓ ${t('done')}`);
      void navigate(here, { replace: true });
    },
  );
  return (
    <CheckPage
      title={t('undoTitle')}
      changes={[
        { label: t('rows'), value: t(kind === 'projects' ? 'projectsCount' : 'rowsCount', { count: taken }) },
        { label: t('kept'), value: t(kind === 'projects' ? 'projectsKept' : 'keptWhat') },
        { label: t('reason'), value: <Input aria-label={t('reason')} maxLength={200} value={reason} onChange={({ target }) => setReason(target.value)} /> },
      ]}
      told={[t('told')]}
      action={t('undo')}
      command={undo}
      input={{ reason: reason.trim() }}
      back={here}
    />
  );
}
