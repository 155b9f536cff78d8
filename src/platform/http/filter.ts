import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Texts } from '../../kernel/texts.ts';
import type { Log } from '../logging.ts';
import { sendProblem } from './problem.ts';
import { routeOf } from './request.ts';

@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #texts: Texts;
  readonly #log: Log;

  constructor(texts: Texts, log: Log) {
    this.#texts = texts;
    this.#log = log;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) {
      this.#log.error({ err: error, route: routeOf(request) }, 'failure after the answer had begun');
      reply.raw.destroy();
      return;
    }
    const failure = sendProblem(error, request, reply, this.#texts);
    if (failure.defect) this.#log.error({ err: error, route: routeOf(request), code: failure.code }, 'unplanned failure');
  }
}
