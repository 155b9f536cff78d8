import { fastify, type FastifyInstance } from 'fastify';
import type { Payload } from '@temporalio/common';
import { z } from 'zod';
import type { Instant } from '../../kernel/time.ts';
import { holds, type Authenticator, type Caller } from '../http/caller.ts';
import type { SessionCookie } from '../http/cookie.ts';
import { ownerOf, type SealingCodec } from './codec.ts';

const PERMISSION = 'system.decode';
/** A page of a history with its payloads. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

const PayloadJson = z.object({ metadata: z.record(z.string(), z.base64()).default({}), data: z.base64().default('') });
const Body = z.object({ payloads: z.array(PayloadJson).max(2000) });

type Json = z.output<typeof PayloadJson>;

export interface CodecServerParts {
  readonly codec: SealingCodec;
  readonly authenticator: Authenticator;
  readonly cookie: SessionCookie;
  /** Of Temporal's page, exactly. */
  readonly origins: readonly string[];
  readonly now: () => Instant;
  /** Before anything is told: who opened how many payloads of which workflows. */
  readonly record: (caller: Caller, owners: readonly string[], count: number) => Promise<void>;
}

/**
 * What Temporal's own page asks to show sealed payloads: decoding only, for who holds `system.decode` in the tenant whose
 * workflow it is. What is sealed for another tenant, and what is not sealed, goes back as it came.
 */
export function createCodecServer({ codec, authenticator, cookie, origins, now, record }: CodecServerParts): FastifyInstance {
  const server = fastify({ bodyLimit: MAX_BODY_BYTES, logger: false });

  server.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    if (origin === undefined || !origins.includes(origin)) return reply.status(403).send();
    void reply.headers({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  server.options('/decode', async (_request, reply) =>
    reply
      .status(204)
      .headers({
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'authorization, content-type, x-namespace',
        'access-control-max-age': '600',
      })
      .send(),
  );

  server.post('/decode', async (request, reply) => {
    const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    const session = cookie.read(request.headers.cookie);
    const caller = await authenticator.authenticate({ ...(bearer !== undefined && { bearer }), ...(session !== undefined && { cookie: session }) }, now());
    if (!caller) return reply.status(401).send();
    if (!holds(caller, PERMISSION)) return reply.status(403).send();
    const body = Body.safeParse(request.body);
    if (!body.success) return reply.status(400).send();
    const payloads = body.data.payloads.map(payloadOf);
    const mine = payloads.map((payload) => ownerOf(payload)?.startsWith(`${caller.tenant}/`) === true);
    const owners = [...new Set(payloads.flatMap((payload, at) => (mine[at] ? [ownerOf(payload)!] : [])))];
    if (owners.length > 0) await record(caller, owners, mine.filter(Boolean).length);
    const opened = await Promise.all(payloads.map(async (payload, at) => (mine[at] ? (await codec.decode([payload]))[0]! : payload)));
    return { payloads: opened.map(jsonOf) };
  });

  return server;
}

function payloadOf({ metadata, data }: Json): Payload {
  return { metadata: Object.fromEntries(Object.entries(metadata).map(([name, text]) => [name, Buffer.from(text, 'base64')])), data: Buffer.from(data, 'base64') };
}

function jsonOf({ metadata, data }: Payload): Json {
  const named = Object.entries(metadata ?? {}).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]);
  return { metadata: Object.fromEntries(named), data: Buffer.from(data ?? []).toString('base64') };
}
