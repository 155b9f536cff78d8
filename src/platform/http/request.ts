import type { FastifyRequest } from 'fastify';
import type { Caller, Credentials } from './caller.ts';
import type { SessionCookie } from './cookie.ts';

const CALLER = Symbol('caller');

/** What the guard learnt travels on the request itself, under a symbol no input can name. */
interface Authenticated {
  [CALLER]?: Caller;
}

export function rememberCaller(request: FastifyRequest, caller: Caller): void {
  (request as Authenticated)[CALLER] = caller;
}

export function callerOf(request: FastifyRequest): Caller | undefined {
  return (request as Authenticated)[CALLER];
}

/** A bearer token, or without one the session's cookie; undefined = neither. */
export function credentialsOf(request: FastifyRequest, cookies: SessionCookie): Credentials | undefined {
  const bearer = /^Bearer ([\x21-\x7e]{1,500})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return { bearer };
  const cookie = request.headers.authorization === undefined ? cookies.read(request.headers.cookie) : undefined;
  return cookie === undefined ? undefined : { cookie };
}

/** The concrete path without its query. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}

/** The route's pattern (`/api/v1/projects/:id`), safe for logs and metrics: the path itself may hold one-time codes. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'unmatched';
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

export function isMutation(request: FastifyRequest): boolean {
  return !SAFE.has(request.method);
}

/** The sender's network as limits and audit count it: the IPv4 address, or the /64 of an IPv6 one. */
export function networkOf(request: FastifyRequest): string {
  const ip = request.ip.replace(/^::ffff:(?=\d+\.)/, '');
  if (!ip.includes(':')) return ip;
  const [head = '', tail = ''] = ip.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const zeros = ip.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : [];
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}
