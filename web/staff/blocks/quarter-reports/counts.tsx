import { useTexts } from '../../../shared/texts/use-texts.ts';
import type { Schemas } from '../../me.ts';
import { Door, Doors } from '../door.tsx';
import { texts } from './texts.ts';

type Counts = Schemas['ReportDueSummary']['items'][number];

const STANDINGS = ['asked', 'submitted', 'toAccept', 'missing', 'late', 'waived', 'reminded'] as const;

/** Each number opens as many reports; of reminders their sum. `base`: the address that lists them, ending in `?` or `&`. */
export function ReportCounts({ quarter, items, base }: { readonly quarter: string; readonly items: readonly Counts[]; readonly base: string }) {
  const t = useTexts(texts);
  return (
    <Doors label={t('counts', { quarter })}>
      {STANDINGS.map((standing) => {
        const count = items.reduce((sum, row) => sum + row[standing], 0);
        return (
          <Door
            key={standing}
            label={t(`standing.${standing}`)}
            value={count}
            to={`${base}standing=${standing}#reports`}
            {...(standing === 'late' && count > 0 && { tone: 'late' as const })}
          />
        );
      })}
    </Doors>
  );
}
