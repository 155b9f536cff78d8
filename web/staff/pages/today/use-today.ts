import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import type { paths } from '../../../shared/api/schema.d.ts';
import { useLanguage } from '../../../shared/texts/use-texts.ts';
import type { Schemas } from '../../me.ts';

export type Wait = paths['/api/v1/waits']['get']['responses'][200]['content']['application/json']['items'][number];
export type Today = Schemas['Today'];

const SHOWN = 8;

/** Each number is counted by the very filter of the list that its door opens. */
export function useToday() {
  const language = useLanguage();
  return useQuery({
    queryKey: ['today', language],
    queryFn: async () => {
      const [today, mine, others] = await Promise.all([
        read(api.GET('/api/v1/today')),
        read(api.GET('/api/v1/waits', { params: { query: { turn: 'mine', limit: SHOWN } } })),
        read(api.GET('/api/v1/waits', { params: { query: { turn: 'other', late: 'false', limit: 1 } } })),
      ]);
      return { ...today, mine: mine.items, nextOfOthers: others.items[0] };
    },
  });
}
