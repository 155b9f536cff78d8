import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';

/** Of every community that was asked; `quarter` is the one reported on. */
export function useReportCounts(quarter: string) {
  return useQuery({
    queryKey: ['quarter-reports', quarter, 'summary'],
    queryFn: () => read(api.GET('/api/v1/quarter-reports/summary', { params: { query: { quarter } } })),
  });
}
