import { applyDecorators, SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { ApiConsumes } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import { Refusal, refuse } from '../../kernel/refusal.ts';
import { UPLOAD } from './decorators.ts';
import { assertSound } from './soundness.ts';

export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** A file as it arrived; its name and type are claims of the sender. */
export interface Upload {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** For body schemas of upload routes: `z.strictObject({ file: uploaded })`; the other fields are short texts. */
export const uploaded: z.ZodType<Upload> = z
  .any()
  .refine((value) => Buffer.isBuffer((value as Upload | undefined)?.bytes), { params: { code: 'FILE_MISSING' } })
  .meta({ type: 'string', format: 'binary' });

/** A route that takes `multipart/form-data` with one file, whose body schema says under which name. */
export const TakesUpload = (): MethodDecorator => applyDecorators(SetMetadata(UPLOAD, true), ApiConsumes('multipart/form-data'));

/** Reads the form only once the guard has let the sender in; the body then holds the fields and the `Upload`. */
export class UploadInterceptor implements NestInterceptor {
  readonly #reflector: Reflector;

  constructor(reflector: Reflector) {
    this.#reflector = reflector;
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (this.#reflector.get<true | undefined>(UPLOAD, context.getHandler())) {
      const request = context.switchToHttp().getRequest<FastifyRequest>();
      request.body = await readForm(request).catch(malformed);
      assertSound(request.body);
    }
    return next.handle();
  }
}

/** The form reader's own errors carry a status only where a limit is exceeded. */
function malformed(error: unknown): never {
  if (error instanceof Refusal || (error instanceof Error && 'statusCode' in error)) throw error;
  return refuse('REQUEST_MALFORMED', 'invalid');
}

async function readForm(request: FastifyRequest): Promise<Record<string, string | Upload>> {
  const form = new Map<string, string | Upload>();
  for await (const part of request.parts()) {
    if (form.has(part.fieldname)) {
      refuse('REQUEST_INVALID', 'invalid', {}, [{ at: `/${part.fieldname}`, code: 'FIELD_REPEATED' }]);
    }
    const value =
      part.type === 'file'
        ? { fileName: part.filename, mediaType: part.mimetype, bytes: await part.toBuffer() }
        : String(part.value);
    form.set(part.fieldname, value);
  }
  return Object.fromEntries(form);
}
