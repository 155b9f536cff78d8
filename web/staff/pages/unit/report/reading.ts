import { api, read } from '../../../../shared/api/client.ts';
import { typedYuan } from '../../../blocks/form/amounts.ts';
import type { Schemas } from '../../../me.ts';
import { EMPTY, type Values } from './values.ts';

export interface Reporting {
  readonly project: Schemas['Project'];
  readonly stage: Schemas['StageView'];
  readonly needs: readonly Schemas['ProjectNeeds']['items'][number][];
  readonly owed: Schemas['OwedReports']['items'][number] | undefined;
  readonly report: Schemas['ProjectReport'] | undefined;
  /** What the report says already, when it was returned. */
  readonly begun: Values;
  readonly earlierFiles: readonly string[];
  /** Why it was returned. */
  readonly asked: string | undefined;
  readonly before: { readonly quarter: string; readonly done: string; readonly next: string } | undefined;
}

/** Everything that the form needs, at once. */
export async function readReporting(id: string, quarter: string): Promise<Reporting> {
  const params = { path: { id } };
  const [project, stage, needs, reports, contents, owed] = await Promise.all([
    read(api.GET('/api/v1/projects/{id}', { params })),
    read(api.GET('/api/v1/projects/{id}/stage', { params })),
    read(api.GET('/api/v1/projects/{id}/needs', { params })),
    read(api.GET('/api/v1/projects/{id}/reports', { params })),
    read(api.GET('/api/v1/projects/{id}/contents', { params })),
    read(api.GET('/api/v1/reports-due')),
  ]);
  const report = reports.find((it) => it.quarter === quarter);
  const written = contents.filter(({ kind }) => kind === 'report').map(({ body }) => body);
  const own = written.findLast((body) => body['quarter'] === quarter);
  const last = written.findLast((body) => textOf(body['quarter']) < quarter);
  const returns = contents.filter(({ kind, body }) => kind === 'reportReturn' && body['quarter'] === quarter);
  const isReturned = report?.status === 'returned';
  return {
    project,
    stage,
    needs: needs.items,
    owed: owed.items.find((it) => it.projectId === id && it.quarter === quarter),
    report,
    begun: isReturned && own ? valuesOf(own) : EMPTY,
    earlierFiles: isReturned && own ? filesOf(own) : [],
    asked: isReturned ? textOf(returns.at(-1)?.body['reason']) : undefined,
    before: last && { quarter: textOf(last['quarter']), done: textOf(last['done']), next: textOf(last['next']) },
  };
}

type Body = Readonly<Record<string, unknown>>;

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function valuesOf(body: Body): Values {
  const difficultiesWhat = textOf(body['difficulties']);
  return {
    done: textOf(body['done']),
    needs: Array.isArray(body['needsAnswered']) ? body['needsAnswered'].map(String) : [],
    served: String(body['served'] ?? ''),
    spent: typeof body['spentFen'] === 'number' ? typedYuan(body['spentFen']) : '',
    difficulties: difficultiesWhat === '' ? 'none' : 'some',
    difficultiesWhat,
    next: textOf(body['next']),
    photos: filesOf(body),
  };
}

function filesOf(body: Body): string[] {
  const files: readonly unknown[] = Array.isArray(body['files']) ? body['files'] : [];
  return files.flatMap((file) => (typeof file === 'object' && file !== null && 'id' in file ? [String(file.id)] : []));
}
