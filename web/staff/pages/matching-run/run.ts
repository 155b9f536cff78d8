import { useQueryClient } from '@tanstack/react-query';
import { useCommand, type Command, type KeyHeader } from '../../../shared/api/command.ts';
import { useLanguage } from '../../../shared/texts/use-texts.ts';
import type { Schemas } from '../../me.ts';

export type Run = Schemas['MatchingRun'];

export const runKey = (id: string, language: string) => ['matching-run', id, language] as const;

/** The run stands as the command left it before everything is read anew: its plan may be gone, and is not asked for. */
export function useRunCommand<Input>(id: string, send: (input: Input, key: KeyHeader) => Promise<Run>, done?: () => void): Command<Input, Run> {
  const queries = useQueryClient();
  const language = useLanguage();
  return useCommand(send, async (run) => {
    queries.setQueryData(runKey(id, language), (before?: { readonly run: Run }) => before && { ...before, run });
    done?.();
    await shown();
  });
}

const shown = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
