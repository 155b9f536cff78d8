import { QueryClient } from '@tanstack/react-query';
import { asProblem } from './api/problem.ts';

const FRESH_MS = 10_000;
const MOST_RETRIES = 2;

/** Reads are tried again only where trying again can help; a refusal is shown at once. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < MOST_RETRIES && asProblem(error)?.isOpen === true,
      },
    },
  });
}
