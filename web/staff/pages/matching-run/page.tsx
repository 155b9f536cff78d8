import { useState } from 'react';
import { Button } from 'antd';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, fileUrl, read } from '../../../shared/api/client.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { StageView } from '../../../shared/stage-view/stage-view.tsx';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { ActionMenu } from '../../blocks/action-menu.tsx';
import { Empty } from '../../blocks/empty.tsx';
import { Page } from '../../blocks/page.tsx';
import { ProblemPage, Refusal } from '../../blocks/problem.tsx';
import { Segments } from '../../blocks/segments.tsx';
import { PageSkeleton } from '../../blocks/skeletons.tsx';
import { holds, useMe, type Schemas } from '../../me.ts';
import { Changes } from './parts/changes.tsx';
import { ConfirmCheck } from './parts/confirm-check.tsx';
import { Decisions } from './parts/decisions.tsx';
import { Difference } from './parts/difference.tsx';
import { Figures } from './parts/figures.tsx';
import { Flows } from './parts/flows.tsx';
import { Progress } from './parts/progress.tsx';
import { ReasonDrawer } from './parts/reason-drawer.tsx';
import { Why } from './parts/why.tsx';
import { runKey, useRunCommand, type Run } from './run.ts';
import { texts } from './texts.ts';

const POLL_MS = 1000;

export default function MatchingRunPage() {
  const { id = '' } = useParams();
  const language = useLanguage();
  const [search] = useSearchParams();
  const params = { path: { id } };
  const found = useQuery({
    queryKey: runKey(id, language),
    queryFn: async () => {
      const [run, stage] = await Promise.all([
        read(api.GET('/api/v1/matching-runs/{id}', { params })),
        read(api.GET('/api/v1/matching-runs/{id}/stage', { params })),
      ]);
      return { run, stage };
    },
    // The engine works on these two by itself.
    refetchInterval: ({ state }) => (['frozen', 'confirmed'].includes(state.data?.run.status ?? '') ? POLL_MS : false),
  });
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <ProblemPage error={found.error} retry={() => void found.refetch()} />;
  const { run, stage } = found.data;
  if (search.get('step') === 'confirm' && run.status === 'solved') return <ConfirmCheck run={run} />;
  return <Shown run={run} stage={stage} />;
}

function Shown({ run, stage }: { readonly run: Run; readonly stage: Schemas['StageView'] }) {
  const t = useTexts(texts);
  const me = useMe();
  const navigate = useNavigate();
  const [isCancelling, setCancelling] = useState(false);
  const params = { path: { id: run.id } };
  const replan = useRunCommand(run.id, (_: null, header) => read(api.POST('/api/v1/matching-runs/{id}/replan', { params: { ...params, header }, body: {} })));
  const cancel = useRunCommand(
    run.id,
    (reason: string, header) => read(api.POST('/api/v1/matching-runs/{id}/cancel', { params: { ...params, header }, body: { reason } })),
    () => setCancelling(false),
  );
  const isOpen = run.status === 'frozen' || run.status === 'solved';
  const mayCancel = isOpen && holds(me, 'matching.confirm');
  const items = [
    ...(run.status === 'solved' && holds(me, 'matching.run') ? [{ key: 'replan', label: t('replan'), onClick: () => void replan.run(null) }] : []),
    ...(run.status === 'solved' && mayCancel ? [{ key: 'cancel', label: t('cancel'), onClick: () => setCancelling(true) }] : []),
  ];
  return (
    <Page
      title={t('title', { at: dateAndTime(run.openedAt) })}
      lead={<Link to="/matching">{t('all')}</Link>}
      actions={
        <>
          {run.planHash !== null && <Button href={fileUrl(`/api/v1/matching-runs/${run.id}/plan`)} download={`plan-${run.id}.json`}>{t('proof')}</Button>}
          {run.status === 'frozen' && mayCancel && <Button onClick={() => setCancelling(true)}>{t('cancel')}</Button>}
          {items.length > 0 && <ActionMenu label={t('more')} items={items} />}
        </>
      }
      primary={
        run.status === 'solved' &&
        holds(me, 'matching.confirm') && (
          <Button type="primary" onClick={() => void navigate('?step=confirm')}>
            {t('confirm')}
          </Button>
        )
      }
    >
      {replan.problem && <Refusal error={replan.problem} />}
      <StageView stage={stage} />
      {run.status === 'frozen' && <Progress progress={run.progress} />}
      {run.endCode !== null && <GaveUp code={run.endCode} />}
      {run.planHash !== null && <Plan run={run} />}
      {isCancelling && (
        <ReasonDrawer title={t('cancel').replace('…', '')} warning={t('cancelWarning')} action={t('doCancel')} command={cancel} close={() => setCancelling(false)} />
      )}
    </Page>
  );
}

function GaveUp({ code }: { readonly code: string }) {
  const t = useTexts(texts);
  const key = texts.keys.find((it) => it === `gaveUp.${code}`);
  return (
    <Empty title={t('gaveUp', { why: key ? t(key) : code })}>
      <Link to="/needs/proposals">{t('proposals')}</Link>
    </Empty>
  );
}

function Plan({ run }: { readonly run: Run }) {
  const t = useTexts(texts);
  const [search, setSearch] = useSearchParams();
  const set = (key: string, value: string | undefined): void =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === undefined) after.delete(key);
        else after.set(key, value);
        return after;
      },
      { replace: true },
    );
  const isChart = search.get('view') === 'chart';
  const asked = search.get('proposal');
  return (
    <>
      <Figures run={run} />
      {run.revision > 1 && <Difference runId={run.id} revision={run.revision} />}
      <Changes run={run} />
      <p className="no-print">
        <Segments
          label={t('view')}
          value={isChart ? 'chart' : 'table'}
          options={[
            { value: 'table', label: t('table') },
            { value: 'chart', label: t('chart') },
          ]}
          change={(value) => set('view', value === 'chart' ? 'chart' : undefined)}
        />
      </p>
      {isChart ? <Flows runId={run.id} revision={run.revision} /> : <Decisions run={run} open={(id) => set('proposal', id)} />}
      {asked !== null && <Why run={run} proposalId={asked} close={() => set('proposal', undefined)} />}
    </>
  );
}
