import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import type { Problem } from '../../../shared/api/problem.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { announceDone } from '../../blocks/undo.tsx';
import type { Need } from './use-queue.ts';
import { texts } from './texts.ts';

type One = Pick<Need, 'id' | 'number' | 'version'>;

export interface Merging {
  readonly merge: (repeat: One, into: Pick<One, 'id' | 'number'>) => void;
  readonly dismiss: (one: string, others: readonly string[]) => void;
  readonly isRunning: boolean;
  readonly problem: Problem | undefined;
}

/** A merge can be taken back, at once from the bar and later from the need itself; "not the same" is kept. */
export function useMerging(): Merging {
  const t = useTexts(texts);
  const unmerge = useCommand(({ id, version }: Pick<One, 'id' | 'version'>, key) =>
    read(api.POST('/api/v1/needs/{id}/unmerge', { params: { path: { id }, header: { ...key, 'If-Match': `"${version}"` } } })),
  );
  const merge = useCommand(
    ({ repeat, into }: { repeat: One; into: Pick<One, 'id' | 'number'> }, key) =>
      read(
        api.POST('/api/v1/needs/{id}/merge', {
          params: { path: { id: repeat.id }, header: { ...key, 'If-Match': `"${repeat.version}"` } },
          body: { into: into.id },
        }),
      ),
    ({ id, version, number }, { into }) => announceDone(`✓ ${t('merged', { number, into: into.number })}`, () => void unmerge.run({ id, version })),
  );
  const dismiss = useCommand(
    (pairs: { one: string; other: string }[], key) => read(api.POST('/api/v1/needs/duplicates/dismiss', { params: { header: key }, body: { pairs } })),
    () => announceDone(`✓ ${t('notSameDone')}`),
  );
  return {
    merge: (repeat, into) => void merge.run({ repeat, into }),
    dismiss: (one, others) => void dismiss.run(others.map((other) => ({ one, other }))),
    isRunning: merge.isRunning || dismiss.isRunning,
    problem: merge.problem ?? dismiss.problem ?? unmerge.problem,
  };
}
