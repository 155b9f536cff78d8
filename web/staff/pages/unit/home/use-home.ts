import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { draftsSaved } from '../../../../shared/api/drafts.ts';
import type { paths } from '../../../../shared/api/schema.d.ts';
import { useLanguage } from '../../../../shared/texts/use-texts.ts';
import { pageOfCase } from '../../../blocks/case-address.ts';
import { useMe, type Schemas } from '../../../me.ts';
import type { Project } from '../projects.ts';

export type Wait = paths['/api/v1/waits']['get']['responses'][200]['content']['application/json']['items'][number];
type OwedReport = Schemas['OwedReports']['items'][number];

/** Something that the unit is to do. */
export interface Turn {
  readonly key: string;
  readonly title: string;
  readonly what: string | undefined;
  readonly due: string | null;
  readonly to: string | undefined;
  readonly report?: OwedReport;
  /** When an unsent report of this device was saved. */
  readonly begunAt?: string;
}

const MOST = 100;
const OFFER = 'offer';

/** What the unit owes, soonest due first, and what it was offered. */
export function useHome() {
  const language = useLanguage();
  const me = useMe();
  return useQuery({
    queryKey: ['waits', 'unit', language],
    queryFn: async () => {
      const [waits, others, owed] = await Promise.all([
        read(api.GET('/api/v1/waits', { params: { query: { turn: 'mine', limit: MOST } } })),
        read(api.GET('/api/v1/waits', { params: { query: { turn: 'other', late: 'false', limit: 1 } } })),
        read(api.GET('/api/v1/reports-due')),
      ]);
      const offers = await projectsOf(waits.items.filter(({ name }) => name === OFFER));
      return { turns: turnsOf(waits.items.filter(({ name }) => name !== OFFER), owed.items, me.account.id), offers, nextOfOthers: others.items[0] };
    },
  });
}

async function projectsOf(waits: readonly Wait[]): Promise<Project[]> {
  const ids = waits.map(({ caseId }) => caseId.slice(caseId.indexOf('/') + 1));
  return Promise.all(ids.map((id) => read(api.GET('/api/v1/projects/{id}', { params: { path: { id } } }))));
}

function turnsOf(waits: readonly Wait[], owed: readonly OwedReport[], accountId: string): Turn[] {
  const begun = draftsSaved(`report/${accountId}/`);
  const reports = owed.map((report): Turn => {
    const { projectId, quarter, title, due } = report;
    const begunAt = begun.get(`${projectId}/${quarter}`);
    return {
      key: `report ${projectId} ${quarter}`,
      title,
      what: undefined,
      due,
      to: `/unit/projects/${projectId}/report/${quarter}`,
      report,
      ...(begunAt !== undefined && { begunAt }),
    };
  });
  const others = waits.map(({ caseId, name, title, what, due }): Turn => ({ key: `${caseId} ${name}`, title: title ?? what, what, due, to: pageOfCase(caseId) }));
  const END = '9999';
  return [...reports, ...others].sort((a, b) => ((a.due ?? END) < (b.due ?? END) ? -1 : 1));
}
