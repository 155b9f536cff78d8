import { useNavigate } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { Problem } from '../../../shared/api/problem.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import type { BatchAction } from '../../blocks/data-list/batch-bar.tsx';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Button } from '../../blocks/button.tsx';
import { NeedsNav } from '../../blocks/needs-nav.tsx';
import { Page } from '../../blocks/page.tsx';
import { holds, useMe, type Schemas } from '../../me.ts';
import { useNeedColumns, useNeedFilters } from './columns.tsx';
import { texts } from './texts.ts';

type Need = Schemas['Need'];

const PAGE = 50;

export default function NeedsPage() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const me = useMe();
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      primary={
        holds(me, 'needs.create') && (
          <Button type="primary" onClick={() => void navigate('/needs/new')}>
            {t('register')}
          </Button>
        )
      }
    >
      <NeedsNav />
      <DataList<Need>
        name="needs"
        label={t('title')}
        queryKey={['needs']}
        fetchPage={({ sort, ...wanted }, cursor) =>
          read(
            api.GET('/api/v1/needs', {
              params: { query: { ...wanted, ...(sort === 'urgency' && { sort }), limit: PAGE, ...(cursor && { cursor }) } },
            }),
          )
        }
        idOf={({ id }) => id}
        columns={useNeedColumns()}
        filters={useNeedFilters()}
        exportAs={{ list: 'needs', personal: true }}
        batch={useBatch()}
        empty={{ title: t('empty'), why: t('emptyWhy') }}
      />
    </Page>
  );
}

/** What the row itself shows to be missing: the server would only say that a field is empty. */
function missing(detail: string): Problem {
  return new Problem({ title: '', status: 422, code: 'NEED_PUBLIC_TEXT_MISSING', detail, params: {}, errors: [], requestId: '' });
}

/** The rows say what they are; each is judged on its own, and says so where it could not be done. */
function useBatch(): readonly BatchAction<Need>[] {
  const t = useTexts(texts);
  const me = useMe();
  const triage: BatchAction<Need> = {
    key: 'triage',
    label: t('triageAsIs'),
    act: async ({ id, version, publicText }, key) => {
      if (publicText === null) throw missing(t('textMissing'));
      return read(
        api.POST('/api/v1/needs/{id}/triage', { params: { path: { id }, header: { ...key, 'If-Match': `"${version}"` } }, body: { publicText } }),
      );
    },
  };
  const confirm: BatchAction<Need> = {
    key: 'confirm',
    label: t('confirmSolved'),
    act: ({ id }, key) => read(api.POST('/api/v1/needs/{id}/confirm-solved', { params: { path: { id }, header: key }, body: { by: 'community' } })),
  };
  return [...(holds(me, 'needs.triage') ? [triage] : []), ...(holds(me, 'projects.accept') ? [confirm] : [])];
}
