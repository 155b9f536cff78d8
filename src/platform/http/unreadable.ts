import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Texts } from '../../kernel/texts.ts';
import { frameworkFailure } from './failure.ts';
import { PROBLEM_TYPE, problemOf } from './problem.ts';

const STATUS: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

/** Answers what is not even HTTP: there is no request yet, so neither language nor route is known. */
export function refuseUnreadable(error: Error & { code?: string }, socket: Socket, texts: Texts): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status = STATUS[error.code ?? ''] ?? 400;
  const failure = frameworkFailure(status);
  if (failure && socket.writable) {
    const body = JSON.stringify(problemOf(failure, texts, 'zh', randomUUID()));
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n` +
        `Content-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }
  socket.destroy(error);
}
