import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import type { paths } from '../../../shared/api/schema.d.ts';
import { addDays } from '../../../shared/format/time.ts';
import { useLanguage } from '../../../shared/texts/use-texts.ts';
import { useToday as useDay } from '../../blocks/workdays.ts';

type Filter = NonNullable<paths['/api/v1/waits/count']['get']['parameters']['query']>;
export type Wait = paths['/api/v1/waits']['get']['responses'][200]['content']['application/json']['items'][number];

const SHOWN = 8;
const SUNDAY = 7;

/** Each number is counted by the very filter of the list that its door opens. */
export function useToday() {
  const today = useDay();
  const language = useLanguage();
  const weekEnd = endOfWeek(today);
  return useQuery({
    queryKey: ['waits', 'today', today, language],
    queryFn: async () => {
      const [mine, others, ...counts] = await Promise.all([
        read(api.GET('/api/v1/waits', { params: { query: { turn: 'mine', limit: SHOWN } } })),
        read(api.GET('/api/v1/waits', { params: { query: { turn: 'other', late: 'false', limit: 1 } } })),
        count({ turn: 'mine' }),
        count({ turn: 'other', late: 'true' }),
        count({ late: 'false', dueBefore: `${addDays(weekEnd, 1)}T00:00:00.001+08:00` }),
        count({ turn: 'system' }),
      ]);
      const [mineCount, othersLate, thisWeek, system] = counts;
      return {
        mine: mine.items,
        nextOfOthers: others.items[0],
        weekEnd,
        count: { mine: mineCount, othersLate, thisWeek, system },
      };
    },
  });
}

async function count(query: Filter): Promise<number> {
  return (await read(api.GET('/api/v1/waits/count', { params: { query } }))).count;
}

/** The Sunday of this week. */
function endOfWeek(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || SUNDAY;
  return addDays(day, SUNDAY - weekday);
}
