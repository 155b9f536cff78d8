import { Suspense, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { KeyHeader } from '../../../shared/api/command.ts';
import { newId } from '../../../shared/api/ids.ts';
import { asProblem } from '../../../shared/api/problem.ts';
import { beginRound } from '../../../shared/live/rounds.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../button.tsx';
import { later } from '../later.ts';
import type { RowOutcome } from './columns.ts';
import styles from './data-list.module.css';
import { texts } from './texts.ts';

const BatchAsking = later(() => import('./batch-asking.tsx'));

export interface BatchAction<Row> {
  readonly key: string;
  readonly label: string;
  /** What has to be written before, once for all chosen: 理由. */
  readonly asks?: string;
  /** What has to be chosen beside it, once for all chosen rows: 单位. */
  readonly picks?: { readonly label: string; readonly options: readonly { readonly value: string; readonly label: string }[] };
  /** One row; a thrown problem is that row's result, and the others go on. `said` and `picked`: the answers to `asks` and `picks`. */
  readonly act: (row: Row, key: KeyHeader, said: string, picked: string) => Promise<unknown>;
}

interface Props<Row> {
  readonly actions: readonly BatchAction<Row>[];
  /** Whether there is anything to choose. */
  readonly hasRows: boolean;
  /** The chosen ones. */
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly onChosen: (all: boolean) => void;
  readonly onDone: (outcomes: readonly RowOutcome[]) => void;
}

export function BatchBar<Row>({ actions, hasRows, rows, idOf, onChosen, onDone }: Props<Row>) {
  const t = useTexts(texts);
  const queries = useQueryClient();
  const [running, setRunning] = useState<string>();
  const [outcomes, setOutcomes] = useState<readonly RowOutcome[]>([]);
  const [asking, setAsking] = useState<string>();
  const [said, setSaid] = useState('');
  const [picked, setPicked] = useState<string>();
  const [keys] = useState(() => new Map<string, string>());

  const run = async ({ key, act, picks }: BatchAction<Row>): Promise<void> => {
    setRunning(key);
    const results: RowOutcome[] = [];
    for (const row of rows) {
      const id = idOf(row);
      const intention = `${key} ${id} ${picked ?? ''}`;
      const header = { 'Idempotency-Key': keys.get(intention) ?? newId() };
      keys.set(intention, header['Idempotency-Key']);
      try {
        await act(row, header, said.trim(), picked ?? '');
        keys.delete(intention);
        results.push({ id });
      } catch (error) {
        const problem = asProblem(error);
        if (!problem) throw error;
        if (!problem.isOpen) keys.delete(intention);
        results.push({ id, refusal: problem.document.detail || problem.code });
      }
    }
    setOutcomes(results);
    setPicked(undefined);
    // What is chosen next is often decided by the same meeting.
    if (!picks) {
      setAsking(undefined);
      setSaid('');
    }
    setRunning(undefined);
    onDone(results);
    beginRound('own');
    await queries.invalidateQueries();
  };

  const asked = actions.find(({ key }) => key === asking);
  const refused = outcomes.filter(({ refusal }) => refusal !== undefined).length;
  return (
    <div className={`${styles['batch']} no-print`}>
      {hasRows && <Button onClick={() => onChosen(rows.length === 0)}>{t(rows.length === 0 ? 'chooseAll' : 'unchoose')}</Button>}
      <span role="status">
        {rows.length > 0 && t('chosen', { count: rows.length })}
        {outcomes.length > 0 && ` ${t('outcome', { done: outcomes.length - refused, refused })}`}
      </span>
      {rows.length > 0 &&
        actions.map((action) => (
          <Button
            key={action.key}
            type="primary"
            loading={running === action.key}
            disabled={running !== undefined}
            {...(action.asks !== undefined && { 'aria-expanded': asking === action.key })}
            onClick={() => (action.asks === undefined ? void run(action) : setAsking(action.key))}
          >
            {action.label}
          </Button>
        ))}
      {rows.length > 0 && asked?.asks !== undefined && (
        <Suspense>
          <BatchAsking
            action={asked.label.replace('…', '')}
            asks={asked.asks}
            picks={asked.picks}
            said={said}
            say={setSaid}
            picked={picked}
            pick={setPicked}
            isRunning={running === asked.key}
            send={() => void run(asked)}
            close={() => setAsking(undefined)}
          />
        </Suspense>
      )}
    </div>
  );
}
