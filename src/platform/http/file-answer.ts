import type { Readable } from 'node:stream';
import { applyDecorators, Header, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiResponse } from '@nestjs/swagger';

/** For routes that answer what somebody else has sent: never run, never framed, never taken for another type. */
export const AnswersFile = (...mediaTypes: readonly string[]): MethodDecorator =>
  applyDecorators(
    Header('content-security-policy', "sandbox; default-src 'none'; frame-ancestors 'none'"),
    Header('x-content-type-options', 'nosniff'),
    Header('cache-control', 'private, no-store'),
    ApiProduces(...mediaTypes),
    ApiResponse({ status: 200, description: 'The bytes, to be saved', schema: { type: 'string', format: 'binary' } }),
  );

/** Offered for saving under a name of ours. */
export function savedAs(bytes: Buffer, type: string, name: string): StreamableFile {
  return new StreamableFile(bytes, { type, disposition: underName(name), length: bytes.length });
}

/** The same, written while it is sent. */
export function streamedAs(bytes: Readable, type: string, name: string): StreamableFile {
  return new StreamableFile(bytes, { type, disposition: underName(name) });
}

/** ASCII for old programs, and as it is written for the others. */
function underName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`;
}
