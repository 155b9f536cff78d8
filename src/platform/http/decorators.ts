import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiExtension, ApiHeader, ApiSecurity } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { refuse } from '../../kernel/refusal.ts';
import type { Caller } from './caller.ts';
import { versionFrom } from './etag.ts';
import { requestKey, type RequestKey } from './idempotency.ts';
import { callerOf } from './request.ts';

/** Who may use a route; a route without it is refused to everyone. */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'signedIn' }
  | { readonly kind: 'permission'; readonly anyOf: readonly string[] };

export const ACCESS = 'cobuild:access';
export const UNKEYED = 'cobuild:unkeyed';
export const LIMIT = 'cobuild:limit';
export const LOOPBACK = 'cobuild:loopback';
export const VERSIONED = 'cobuild:versioned';
export const UPLOAD = 'cobuild:upload';
export const DURING_RECOVERY = 'cobuild:duringRecovery';

/** Made anew for each route: Swagger's decorator keeps what it was applied to before. */
const secured = (): MethodDecorator => applyDecorators(ApiSecurity('session'), ApiSecurity('token'));

/** Callers who hold at least one of these permissions somewhere; where exactly is asked by `scopeFor`. */
export const Allow = (...anyOf: readonly [string, ...string[]]): MethodDecorator =>
  applyDecorators(
    SetMetadata(ACCESS, { kind: 'permission', anyOf } satisfies Access),
    ApiExtension('x-access', anyOf.join(' | ')),
    secured(),
  );

/** Everyone, signed in or not. */
export const Public = (): MethodDecorator =>
  applyDecorators(SetMetadata(ACCESS, { kind: 'public' } satisfies Access), ApiExtension('x-access', 'public'));

/** Any signed-in person, for what is theirs alone: own account, own inbox, signing out. */
export const SignedIn = (): MethodDecorator =>
  applyDecorators(
    SetMetadata(ACCESS, { kind: 'signedIn' } satisfies Access),
    ApiExtension('x-access', 'signedIn'),
    secured(),
  );

/** A mutation that is harmless when repeated and must not be replayed: signing in and out. */
export const Unkeyed = (): MethodDecorator =>
  applyDecorators(SetMetadata(UNKEYED, true), ApiExtension('x-unkeyed', true));

/** Counts this route under a stricter limit than its kind has. */
export const Limited = (limit: 'signIn'): MethodDecorator => SetMetadata(LIMIT, limit);

/** A command that is taken while the system is being recovered; so are unkeyed ones. */
export const DuringRecovery = (): MethodDecorator => SetMetadata(DURING_RECOVERY, true);

/** Also open to direct connections from the same machine, such as a metrics collector. */
export const OrLoopback = (): MethodDecorator => SetMetadata(LOOPBACK, true);

/** The answer's `version` is sent as its strong `ETag`. */
export const Versioned = (): MethodDecorator => SetMetadata(VERSIONED, true);

export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
  return caller ?? refuse('NOT_SIGNED_IN', 'unauthenticated');
});

/** The `RequestKey` of this mutation. */
export const Key = createParamDecorator((_: unknown, context: ExecutionContext): RequestKey =>
  requestKey(context.switchToHttp().getRequest<FastifyRequest>()),
);

const ifMatch = createParamDecorator((_: unknown, context: ExecutionContext): number =>
  versionFrom(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

/** The version (a number) that the client's `If-Match` names. */
export const IfMatch = (): ParameterDecorator => (target, method, index) => {
  ifMatch()(target, method, index);
  const descriptor = method && Object.getOwnPropertyDescriptor(target, method);
  if (descriptor) {
    ApiHeader({ name: 'If-Match', required: true, description: 'ETag of the version to change', example: '"3"' })(
      target,
      method,
      descriptor,
    );
  }
};
