import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';

/** Of every community that was asked; `quarter` is the one reported on. */
export function useReportCounts(quarter: string) {
  return useQuery({
    queryKey: ['reports-due', quarter, 'summary'],
    queryFn: () => read(api.GET('/api/v1/reports-due/summary', { params: { query: { quarter } } })),
  });
}
