import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Caller } from '../../platform/http/caller.ts';
import { SessionCookie } from '../../platform/http/cookie.ts';
import { CurrentCaller, SignedIn } from '../../platform/http/decorators.ts';
import { credentialsOf } from '../../platform/http/request.ts';
import { ChangesAnswer, ChangesQuery } from './schemas.ts';
import { ChangeFeed, type Missed } from './service.ts';

/** Proxies end connections that are silent for longer. */
const HEARTBEAT_MS = 15_000;
/** A page that no longer reads is not written to for ever. */
const MOST_UNSENT_BYTES = 1024 * 1024;

@ApiTags('changes')
@Controller('api/v1')
export class ChangeController {
  readonly #feed: ChangeFeed;
  readonly #cookie: SessionCookie;

  constructor(feed: ChangeFeed, cookie: SessionCookie) {
    this.#feed = feed;
    this.#cookie = cookie;
  }

  /** For where streams do not get through: ask every few seconds. */
  @Get('changes')
  @SignedIn()
  @ApiResponse({ status: 200, description: 'What has changed since the cursor; without one, where it stands', standardSchema: ChangesAnswer })
  async changes(
    @CurrentCaller() caller: Caller,
    @Query({ schema: ChangesQuery }) { since }: z.output<typeof ChangesQuery>,
  ): Promise<z.infer<typeof ChangesAnswer>> {
    return answerOf(await this.#feed.missed(caller, since));
  }

  /** Server-sent events: `changes` with the same content as the answer above. A page that comes back sends `Last-Event-ID`. */
  @Get('stream')
  @SignedIn()
  @ApiProduces('text/event-stream')
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Cursor of the last event' })
  @ApiResponse({ status: 200, description: 'Never ends by itself' })
  async stream(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Headers('last-event-id') since?: string,
  ): Promise<void> {
    if (request.method === 'HEAD') {
      // Nothing that follows would ever be sent, the head neither.
      await reply.header('cache-control', 'no-store').type('text/event-stream; charset=utf-8').send();
      return;
    }
    const credentials = credentialsOf(request, this.#cookie) ?? {};
    const { raw } = reply;
    const waiting: Missed[] = [];
    let send = (missed: Missed): void => void waiting.push(missed);
    const { first, end } = await this.#feed.subscribe(caller, credentials, since?.slice(0, 40), { tell: (missed) => send(missed), end: () => raw.end() });
    reply.hijack();
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    send = (missed) => {
      raw.write(`id: ${missed.cursor}\nevent: changes\ndata: ${JSON.stringify(answerOf(missed))}\n\n`);
      if (raw.writableLength > MOST_UNSENT_BYTES) raw.destroy();
    };
    raw.write('retry: 2000\n');
    for (const missed of [first, ...waiting]) send(missed);
    const heartbeat = setInterval(() => raw.write(': \n\n'), HEARTBEAT_MS);
    raw.once('close', () => {
      clearInterval(heartbeat);
      end();
    });
    if (raw.destroyed) raw.emit('close');
  }
}

function answerOf({ items, cursor, isReset }: Missed): z.infer<typeof ChangesAnswer> {
  return { items: items.map((item) => ({ ...item })), cursor, isReset };
}
