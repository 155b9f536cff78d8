import { UnsupportedMediaTypeException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { refuse } from '../../kernel/refusal.ts';
import { instantFromMs } from '../../kernel/time.ts';
import { assertNotWithheld, holds, type Authenticator, type Caller } from './caller.ts';
import type { SessionCookie } from './cookie.ts';
import { ACCESS, DURING_RECOVERY, LIMIT, LOOPBACK, UNKEYED, UPLOAD, type Access } from './decorators.ts';
import type { Gate } from './gate.ts';
import { keyText } from './idempotency.ts';
import type { LimitName, Limits } from './limits.ts';
import { assertOwnOrigin } from './origin.ts';
import { callerOf, credentialsOf, isMutation, networkOf, rememberCaller, routeOf } from './request.ts';
import type { Witness } from './witness.ts';

export interface GuardParts {
  readonly reflector: Reflector;
  readonly authenticator: Authenticator;
  readonly cookie: SessionCookie;
  readonly origins: readonly string[];
  readonly limits: Limits;
  readonly witness: Witness;
  readonly gate: Gate;
}

const LOOPBACK_ADDRESS = /^(127\.|::1$|::ffff:127\.)/;

/**
 * The one door for every route, reading what the route itself declares; a route that declares nothing is closed.
 * Never decided by path: encoded paths have slipped past such guards (CVE-2025-69211, CVE-2026-2293).
 */
export class AccessGuard implements CanActivate {
  readonly #parts: GuardParts;

  constructor(parts: GuardParts) {
    this.#parts = parts;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const declared = <Value>(name: string): Value | undefined =>
      this.#parts.reflector.getAllAndOverride<Value | undefined>(name, [context.getHandler(), context.getClass()]);
    const access = declared<Access>(ACCESS) ?? refuse('FORBIDDEN', 'forbidden');
    const mutation = isMutation(request);
    if (mutation) assertOwnOrigin(request, this.#parts.origins);
    if (access.kind === 'public') {
      if (mutation) await this.#parts.limits(declared<LimitName>(LIMIT) ?? 'publicSubmit', request);
    } else if (!(declared<true>(LOOPBACK) && isDirectLocal(request))) {
      const caller = await this.#authenticated(request);
      if (mutation) await this.#parts.limits(declared<LimitName>(LIMIT) ?? 'command', request);
      if (access.kind === 'permission') await this.#assertAllowed(request, caller, access.anyOf);
    }
    const open = declared<true>(UNKEYED) || declared<true>(DURING_RECOVERY);
    if (mutation && !open) await this.#parts.gate.assertOpen(callerOf(request)?.tenant);
    if (mutation && !declared<true>(UNKEYED)) keyText(request);
    assertMedia(request, declared<true>(UPLOAD) === true);
    return true;
  }

  async #assertAllowed(request: FastifyRequest, caller: Caller, anyOf: readonly string[]): Promise<void> {
    if (anyOf.some((permission) => holds(caller, permission))) return;
    assertNotWithheld(caller, anyOf);
    const permission = anyOf.join(' | ');
    if (isMutation(request)) {
      await this.#parts.witness.forbidden({
        caller,
        permission,
        route: `${request.method} ${routeOf(request)}`,
        requestId: request.id,
        network: networkOf(request),
        at: instantFromMs(Date.now()),
      });
    }
    refuse('FORBIDDEN', 'forbidden', { permission });
  }

  async #authenticated(request: FastifyRequest): Promise<Caller> {
    const credentials = credentialsOf(request, this.#parts.cookie) ?? refuse('NOT_SIGNED_IN', 'unauthenticated');
    const caller = await this.#parts.authenticator.authenticate(credentials, instantFromMs(Date.now()));
    if (!caller) return refuse('NOT_SIGNED_IN', 'unauthenticated');
    rememberCaller(request, caller);
    return caller;
  }
}

/** A file only where one is expected, and nothing else there. */
function assertMedia(request: FastifyRequest, upload: boolean): void {
  if (request.isMultipart() !== upload) throw new UnsupportedMediaTypeException();
}

/** A proxy on this machine speaks for others: what it forwards is not local. */
function isDirectLocal(request: FastifyRequest): boolean {
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers['forwarded'];
  return forwarded === undefined && LOOPBACK_ADDRESS.test(request.raw.socket.remoteAddress ?? '');
}
