import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { tap, type Observable } from 'rxjs';
import { VERSIONED } from './decorators.ts';
import { etagOf } from './etag.ts';

/** Sends the `version` of a `@Versioned()` answer as its ETag. */
export class VersionInterceptor implements NestInterceptor {
  readonly #reflector: Reflector;

  constructor(reflector: Reflector) {
    this.#reflector = reflector;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (!this.#reflector.get<true | undefined>(VERSIONED, context.getHandler())) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((answer: { readonly version?: unknown } | undefined) => {
        if (typeof answer?.version === 'number') void reply.header('etag', etagOf(answer.version));
      }),
    );
  }
}
