import { useCallback, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { beginRound } from '../live/rounds.ts';
import { newId } from './ids.ts';
import { asProblem, type Problem } from './problem.ts';

/** Spread into `params.header` of the request. */
export interface KeyHeader {
  readonly 'Idempotency-Key': string;
}

export interface Command<Input, Result> {
  /** Resolves to undefined when it was refused or is running already; `problem` then says why. */
  readonly run: (input: Input) => Promise<Result | undefined>;
  readonly isRunning: boolean;
  readonly problem: Problem | undefined;
  readonly forget: () => void;
}

interface Intention {
  readonly input: string;
  readonly key: string;
}

/**
 * One button that changes something. It waits for the server and shows nothing beforehand. What the person intends
 * has one key for as long as its outcome is unknown, so that pressing again after a lost answer changes nothing twice;
 * another input is another intention. Afterwards everything on the page is read anew.
 */
export function useCommand<Input, Result>(
  send: (input: Input, key: KeyHeader) => Promise<Result>,
  done?: (result: Result, input: Input) => void | Promise<void>,
): Command<Input, Result> {
  const queries = useQueryClient();
  const intention = useRef<Intention>(undefined);
  const running = useRef(false);
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const run = async (input: Input): Promise<Result | undefined> => {
    if (running.current) return undefined;
    running.current = true;
    setRunning(true);
    setProblem(undefined);
    const asked = JSON.stringify(input) ?? '';
    if (intention.current?.input !== asked) intention.current = { input: asked, key: newId() };
    try {
      const result = await send(input, { 'Idempotency-Key': intention.current.key });
      intention.current = undefined;
      await done?.(result, input);
      beginRound('own');
      void queries.invalidateQueries();
      return result;
    } catch (error) {
      const refused = asProblem(error);
      if (!refused) throw error;
      if (!refused.isOpen) intention.current = undefined;
      setProblem(refused);
      return undefined;
    } finally {
      running.current = false;
      setRunning(false);
    }
  };

  return { run, isRunning, problem, forget: useCallback(() => setProblem(undefined), []) };
}
