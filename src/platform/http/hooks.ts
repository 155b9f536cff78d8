import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse } from '../../kernel/refusal.ts';
import type { Health } from '../health.ts';
import type { Log } from '../logging.ts';
import type { Metrics } from '../metrics.ts';
import { requestContext } from '../request-context.ts';
import { callerOf, routeOf } from './request.ts';
import { assertSound } from './soundness.ts';

const HEALTH = /^\/api\/health\//;

/** What every request gets, before and after any route: an id, a log line, a count, and input that can be stored. */
export function addHooks(fastify: FastifyInstance, health: Health, metrics: Metrics, log: Log): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    health.requestBegan();
    // Also when the client hangs up, which onResponse may never hear of.
    reply.raw.once('close', () => health.requestEnded());
    void reply.header('x-request-id', request.id);
    requestContext.run({ requestId: request.id }, done);
  });
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
    if (!health.draining || HEALTH.test(routeOf(request))) return;
    void reply.header('connection', 'close');
    refuse('SHUTTING_DOWN', 'unavailable');
  });
  // Reading a body leaves the asynchronous context of onRequest behind.
  fastify.addHook('preValidation', (request, _reply, done) => requestContext.run({ requestId: request.id }, done));
  fastify.addHook('preHandler', async (request) => {
    assertSound(request.body);
    assertSound(request.query);
    assertSound(request.params);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const route = routeOf(request);
    metrics.answered(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    if (HEALTH.test(route)) return;
    log.info(answered(request, route, reply.statusCode, reply.elapsedTime), 'answered');
  });
}

function answered(request: FastifyRequest, route: string, status: number, elapsedMs: number): Record<string, unknown> {
  const caller = callerOf(request);
  return {
    requestId: request.id,
    method: request.method,
    route,
    status,
    durationMs: Math.round(elapsedMs),
    ...(caller && { tenant: caller.tenant, actor: caller.actor }),
  };
}
