import type { FastifyRequest } from 'fastify';
import { refuse } from '../../kernel/refusal.ts';
import type { TenantId } from '../../kernel/scope.ts';
import type { Config } from '../config.ts';
import type { BlindIndex } from '../crypto/blind-index.ts';
import { callerOf, networkOf } from './request.ts';
import type { SharedCounts } from './shared-counts.ts';

/** Most requests in a window, for a network or a person. What strangers may do is counted exactly, commands a moment later. */
const DEFAULTS = {
  signIn: { max: 10, windowMs: 60_000, exact: true, by: ofNetwork },
  publicSubmit: { max: 100, windowMs: 3_600_000, exact: true, by: ofNetwork },
  command: { max: 60, windowMs: 60_000, exact: false, by: ofPerson },
} as const;

export type LimitName = keyof typeof DEFAULTS;

interface Whose {
  readonly tenant: TenantId | '';
  readonly name: string;
}

function ofNetwork(request: FastifyRequest): Whose {
  return { tenant: '', name: networkOf(request) };
}

function ofPerson(request: FastifyRequest): Whose {
  const caller = callerOf(request);
  return caller ? { tenant: caller.tenant, name: caller.personId } : ofNetwork(request);
}

export type Limits = (name: LimitName, request: FastifyRequest) => Promise<void>;

/** Refuses `TOO_MANY_REQUESTS` with the seconds to wait. Networks and persons are counted by a keyed digest. */
export function createLimits(counts: SharedCounts, index: BlindIndex, mode: Config['http']['rateLimits']): Limits {
  if (mode === 'lifted') return async () => undefined;
  return async (name, request) => {
    const { max, windowMs, exact, by } = DEFAULTS[name];
    const { tenant, name: whose } = by(request);
    const counter = index.of(tenant as TenantId, `limits.${name}`, whose);
    const { ordinal, endsInMs } = await counts.hit({ tenant, counter, windowMs }, exact);
    if (ordinal > max) refuse('TOO_MANY_REQUESTS', 'tooMany', { retryAfterSeconds: Math.ceil(endsInMs / 1000) });
  };
}
