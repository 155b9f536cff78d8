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

/** Offered for saving under a name of ours: ASCII for old programs, and as it is written for the others. */
export function savedAs(bytes: Buffer, type: string, name: string): StreamableFile {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, '_');
  const disposition = `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`;
  return new StreamableFile(bytes, { type, disposition, length: bytes.length });
}
