import type { paths } from '../../../shared/api/schema.d.ts';

export type KnownYear = paths['/api/v1/calendar/years']['get']['responses'][200]['content']['application/json']['items'][number];
export type Day = paths['/api/v1/calendar/days']['get']['responses'][200]['content']['application/json']['items'][number];
export type YearToPublish = paths['/api/v1/calendar/years']['post']['requestBody']['content']['application/json'];

/** Newest first. */
export function readYears(items: readonly KnownYear[]): readonly KnownYear[] {
  return [...items].sort((a, b) => b.year - a.year);
}
