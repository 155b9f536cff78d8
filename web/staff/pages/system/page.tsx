import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand, type KeyHeader } from '../../../shared/api/command.ts';
import type { paths } from '../../../shared/api/schema.d.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { useKindName } from '../../blocks/case-kinds.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Facts } from '../../blocks/facts.tsx';
import { Page, Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { announceDone } from '../../blocks/undo.tsx';
import { texts } from './texts.ts';

type Parked = paths['/api/v1/parked-cases']['get']['responses'][200]['content']['application/json']['items'][number];

const PAGE = 50;

export default function SystemPage() {
  const t = useTexts(texts);
  const kindName = useKindName();
  return (
    <Page title={t('title')} lead={t('lead')} actions={<a href="/api/metrics">{t('metrics')}</a>}>
      <Recovery />
      <Section title={t('parked')}>
        <p>{t('parkedWhy')}</p>
        <DataList<Parked>
          name="parked-cases"
          label={t('parked')}
          queryKey={['parked-cases']}
          fetchPage={(_, cursor) => read(api.GET('/api/v1/parked-cases', { params: { query: { limit: PAGE, ...(cursor && { cursor }) } } }))}
          idOf={({ caseId }) => caseId}
          columns={[
            { key: 'case', title: t('case'), isHeading: true, render: ({ caseId }) => <code>{caseId}</code> },
            { key: 'kind', title: t('kind'), render: ({ kind }) => kindName(kind) },
            { key: 'code', title: t('code'), render: ({ code }) => <StatusTag standing="late">{code}</StatusTag> },
            { key: 'at', title: t('movedAt'), render: ({ movedAt }) => dateAndTime(movedAt) },
          ]}
          batch={[{ key: 'resync', label: t('resync'), act: resync }]}
          empty={{ title: t('parkedNone'), why: t('parkedNoneWhy') }}
        />
      </Section>
    </Page>
  );
}

async function resync({ caseId }: Parked, header: KeyHeader): Promise<void> {
  await read(api.POST('/api/v1/parked-cases/resync', { params: { header }, body: { caseId } }));
}

function Recovery() {
  const t = useTexts(texts);
  const state = useQuery({ queryKey: ['recovery'], queryFn: () => read(api.GET('/api/v1/recovery')) });
  const leave = useCommand(
    (_: null, header) => read(api.POST('/api/v1/recovery/leave', { params: { header } })),
    () => announceDone(`✓ ${t('leftRecovery')}`),
  );
  return (
    <Section title={t('recovery')}>
      {state.isPending && <RowsSkeleton rows={2} />}
      {state.isError && <Refusal error={state.error} retry={() => void state.refetch()} />}
      {state.data && (
        <>
          <Facts
            facts={[
              [t('mode'), <StatusTag key="mode" standing={state.data.mode === 'open' ? 'done' : 'late'}>{t(`mode.${state.data.mode}`)}</StatusTag>],
              [t('epoch'), state.data.epoch],
              ...(state.data.reason === null ? [] : [[t('reason'), state.data.reason] as const]),
              ...(state.data.since === null ? [] : [[t('since'), dateAndTime(state.data.since)] as const]),
            ]}
          />
          {state.data.mode !== 'open' && (
            <>
              <p>{t('leaveWhy')}</p>
              {leave.problem && <Refusal error={leave.problem} />}
              <Button loading={leave.isRunning} onClick={() => void leave.run(null)}>
                {t('leave')}
              </Button>
            </>
          )}
        </>
      )}
    </Section>
  );
}
