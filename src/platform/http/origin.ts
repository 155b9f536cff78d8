import type { FastifyRequest } from 'fastify';
import { refuse } from '../../kernel/refusal.ts';

const JSON_BODY = /^application\/json\s*(;|$)/i;

/**
 * Against forged commands: SameSite ignores ports and `Sec-Fetch-Site` is absent on plain http, so a browser's
 * command must name a configured `Origin` and carry JSON or `X-Cobuild`, which no foreign form can send.
 * A bearer token needs neither: browsers never add it by themselves. Refuses `ORIGIN_REFUSED`.
 */
export function assertOwnOrigin(request: FastifyRequest, origins: readonly string[]): void {
  const { origin, 'content-type': type = '', 'x-cobuild': mark, authorization } = request.headers;
  if (authorization !== undefined) return;
  const ours = origin !== undefined && origins.includes(origin);
  const deliberate = JSON_BODY.test(type) || mark !== undefined;
  if (!ours || !deliberate) refuse('ORIGIN_REFUSED', 'forbidden');
}
