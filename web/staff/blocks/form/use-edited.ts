import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useDraft } from '../../../shared/api/drafts.ts';
import type { Problem } from '../../../shared/api/problem.ts';
import { useMe } from '../../me.ts';

interface Typed<Values> {
  /** Only what the person has changed. */
  readonly own: Partial<Values>;
  /** What stood there when they began to change it. */
  readonly before: Partial<Values>;
}

export interface Edited<Values> {
  readonly values: Values;
  readonly change: (part: Partial<Values>) => void;
  /** Fields that somebody else has changed since, with what stands there now; ours is kept. */
  readonly others: Partial<Values>;
  readonly isTouched: boolean;
  readonly savedAt: string | undefined;
  readonly discard: () => void;
}

const NOTHING = { own: {}, before: {} };
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * A record being edited: what the person has not touched follows the server, what they typed is never overwritten and stays on
 * this device until it is saved or discarded. `name` says which record: `proposal/<id>`; render with it as `key`.
 */
export function useEdited<Values extends object>(name: string, server: Values): Edited<Values> {
  const me = useMe();
  const draft = useDraft<Typed<Values>>(`${name}/${me.account.id}`, NOTHING as Typed<Values>);
  const { own, before } = draft.value;
  const keys = Object.keys(own) as (keyof Values)[];
  const others = keys.filter((key) => !same(server[key], before[key]) && !same(server[key], own[key]));
  return {
    values: { ...server, ...own },
    change: (part) => {
      const fresh = (Object.keys(part) as (keyof Values)[]).filter((key) => !(key in before));
      draft.change({ own: { ...own, ...part }, before: { ...before, ...pick(server, fresh) } });
    },
    others: pick(server, others),
    isTouched: keys.some((key) => !same(server[key], own[key])),
    savedAt: draft.savedAt,
    discard: draft.discard,
  };
}

function pick<Values extends object>(from: Values, keys: readonly (keyof Values)[]): Partial<Values> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Partial<Values>;
}

/** Somebody else was quicker: what stands there now is read, so that the reader can compare and save again. */
export function useReloadWhenStale(problem: Problem | undefined): void {
  const queries = useQueryClient();
  const isStale = problem?.status === 412;
  useEffect(() => {
    if (isStale) void queries.invalidateQueries();
  }, [isStale, problem, queries]);
}
