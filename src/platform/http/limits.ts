import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse } from '../../kernel/refusal.ts';
import type { Config } from '../config.ts';
import { callerOf, networkOf } from './request.ts';

/** Most requests in a window, per network or per person. */
const DEFAULTS = {
  signIn: { max: 10, timeWindow: 60_000, by: networkOf },
  publicSubmit: { max: 100, timeWindow: 3_600_000, by: networkOf },
  command: { max: 60, timeWindow: 60_000, by: personOf },
} as const;

export type LimitName = keyof typeof DEFAULTS;

function personOf(request: FastifyRequest): string {
  const caller = callerOf(request);
  return caller ? `${caller.tenant}/${caller.personId}` : networkOf(request);
}

export type Limits = (name: LimitName, request: FastifyRequest) => Promise<void>;

/** Counts in this process; refuses `TOO_MANY_REQUESTS` with the seconds to wait. Needs @fastify/rate-limit registered. */
export function createLimits(fastify: FastifyInstance, mode: Config['http']['rateLimits']): Limits {
  if (mode === 'lifted') return async () => undefined;
  const counters = new Map(
    Object.entries(DEFAULTS).map(([name, { max, timeWindow, by }]) => [
      name,
      fastify.createRateLimit({ max, timeWindow, keyGenerator: by }),
    ]),
  );
  return async (name, request) => {
    const count = await counters.get(name)?.(request);
    if (count && !count.isAllowed && count.isExceeded) {
      refuse('TOO_MANY_REQUESTS', 'tooMany', { retryAfterSeconds: count.ttlInSeconds });
    }
  };
}
