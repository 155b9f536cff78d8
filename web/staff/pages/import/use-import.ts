import { useCallback, useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { newId } from '../../../shared/api/ids.ts';
import { asProblem, type Problem } from '../../../shared/api/problem.ts';
import { forgetFile, keepFile, keptFile, type KeptFile } from './kept-file.ts';
import type { Kind } from './kinds.ts';
import { send, type Report } from './requests.ts';

const AGAIN_MS = 2000;

export interface Importing {
  /** Undefined while the device is asked; null = no file is chosen. */
  readonly kept: KeptFile | null | undefined;
  readonly isResumed: boolean;
  readonly choose: (file: File, takeOver: boolean) => void;
  readonly change: (part: Pick<KeptFile, 'takeOver'> | Pick<KeptFile, 'sheets'>) => void;
  readonly drop: () => void;
  readonly take: (takeGood: boolean) => void;
  readonly isTaking: boolean;
  readonly problem: Problem | undefined;
}

/**
 * The file of one kind that a person is importing. What was begun goes on after a reload with the key it was begun with, so that
 * its outcome is heard and nothing is taken twice. Render with the owner as `key`.
 */
export function useImport(owner: string, kind: Kind, onTaken: (report: Report) => void): Importing {
  const queries = useQueryClient();
  const [kept, setKept] = useState<KeptFile | null>();
  const [isResumed, setResumed] = useState(false);
  const [isTaking, setTaking] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const isHere = useRef(true);
  const taken = useRef(onTaken);
  useEffect(() => {
    taken.current = onTaken;
  });

  const put = useCallback(
    (next: KeptFile | null): void => {
      setKept(next);
      void (next ? keepFile(owner, next) : forgetFile(owner));
    },
    [owner],
  );

  const run = useCallback(
    async (file: KeptFile, running: NonNullable<KeptFile['running']>): Promise<void> => {
      setTaking(true);
      setProblem(undefined);
      try {
        const report = await answered(() => send(kind, file, running), () => isHere.current);
        if (!report) return;
        await forgetFile(owner);
        void queries.invalidateQueries();
        taken.current(report);
      } catch (error) {
        const refused = asProblem(error);
        if (!refused) throw error;
        setProblem(refused);
        // A refusal ends it; of anything else the outcome is open, and the key is kept.
        if (!refused.isOpen) put({ ...file, running: undefined });
      } finally {
        setTaking(false);
      }
    },
    [kind, owner, put, queries],
  );

  useEffect(() => {
    isHere.current = true;
    void keptFile(owner).then((found) => {
      if (!isHere.current) return;
      setKept(found ?? null);
      setResumed(found !== undefined);
      if (found?.running) void run(found, found.running);
    });
    return () => {
      isHere.current = false;
    };
  }, [owner, run]);

  return {
    kept,
    isResumed,
    isTaking,
    problem,
    choose: (file, takeOver) => {
      setProblem(undefined);
      setResumed(false);
      put({ id: newId(), kind, file, takeOver, sheets: [], keptAt: Date.now(), running: undefined });
    },
    change: (part) => {
      if (kept) put({ ...kept, ...part });
    },
    drop: () => {
      setProblem(undefined);
      put(null);
    },
    take: (takeGood) => {
      if (!kept || isTaking) return;
      const begun = { key: kept.running?.takeGood === takeGood ? kept.running.key : newId(), takeGood };
      const file = { ...kept, running: begun };
      setKept(file);
      void keepFile(owner, file).then(() => run(file, begun));
    },
  };
}

/** While the first request with this key still works, it is asked again; undefined once nobody waits any more. */
async function answered(ask: () => Promise<Report>, isWaited: () => boolean): Promise<Report | undefined> {
  for (;;) {
    try {
      const report = await ask();
      return isWaited() ? report : undefined;
    } catch (error) {
      if (asProblem(error)?.code !== 'IDEMPOTENCY_KEY_IN_USE') throw error;
      if (!isWaited()) return undefined;
      await new Promise((resolve) => {
        setTimeout(resolve, AGAIN_MS);
      });
    }
  }
}
