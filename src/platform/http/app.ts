import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import compress, { type FastifyCompressOptions } from '@fastify/compress';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyHttpOptions, FastifyInstance } from 'fastify';
import type { Texts } from '../../kernel/texts.ts';
import type { Config } from '../config.ts';
import { BlindIndex } from '../crypto/blind-index.ts';
import { Database } from '../database/database.ts';
import { Health } from '../health.ts';
import { NestLog, type Log } from '../logging.ts';
import { Metrics } from '../metrics.ts';
import { AUTHENTICATOR, type Authenticator } from './caller.ts';
import { SessionCookie } from './cookie.ts';
import { ProblemFilter } from './filter.ts';
import { ALWAYS_OPEN, type Gate } from './gate.ts';
import { AccessGuard } from './guard.ts';
import { addHooks } from './hooks.ts';
import { createLimits } from './limits.ts';
import { sendProblem } from './problem.ts';
import { SharedCounts } from './shared-counts.ts';
import { refuseUnreadable } from './unreadable.ts';
import { MAX_FILE_BYTES, UploadInterceptor } from './upload.ts';
import { SchemaPipe } from './validation.ts';
import { VersionInterceptor } from './versioned.ts';
import { WITNESS, type Witness } from './witness.ts';

/** JSON never needs more: bulk data comes as files. */
const MAX_BODY_BYTES = 1024 * 1024;

/** A UUID or a trace id of W3C, and nothing else: it comes to lie in logs and records, where no phone number may. */
const REQUEST_ID = /^[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}$/;

/**
 * JSON and HTML are sent compressed to whoever takes it so: a list of 30 kB becomes 3. Files are compressed as they are, or when
 * built; what comes in compressed is refused, because nobody needs it and a small body could become a very large one.
 */
const COMPRESSION: FastifyCompressOptions = {
  customTypes: /^(application\/(problem\+)?json|text\/html)/,
  encodings: ['br', 'gzip'],
  globalDecompression: false,
};

export interface HttpParts {
  readonly config: Config;
  readonly log: Log;
  readonly texts: Texts;
  /** Absent: commands are always taken. */
  readonly gate?: (app: NestFastifyApplication) => Gate;
}

/**
 * Nest on Fastify with everything that holds for all routes. The root module brings the platform and the areas;
 * one each binds `AUTHENTICATOR` and `WITNESS`. Not yet listening, nothing connected.
 */
export async function createHttpApp(root: DynamicModule, parts: HttpParts): Promise<NestFastifyApplication> {
  const { config, log, texts } = parts;
  const adapter = createAdapter(config, log, texts);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: new NestLog(log),
    bodyParser: false,
    abortOnError: false,
    forceCloseConnections: true,
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  addHooks(fastify, app.get(Health), app.get(Metrics), log);
  // Forms of browsers and plain text are no input here: without a parser Fastify answers 415.
  fastify.removeContentTypeParser('text/plain');
  await fastify.register(compress, COMPRESSION);
  await fastify.register(helmet, securityHeaders(config));
  await fastify.register(multipart, {
    limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 10, fieldSize: 10_000, parts: 11, headerPairs: 50 },
  });
  const reflector = app.get(Reflector);
  app.useGlobalFilters(new ProblemFilter(texts, log));
  app.useGlobalPipes(new SchemaPipe());
  app.useGlobalInterceptors(new UploadInterceptor(reflector), new VersionInterceptor(reflector));
  app.useGlobalGuards(
    new AccessGuard({
      reflector,
      authenticator: app.get<Authenticator>(AUTHENTICATOR, { strict: false }),
      cookie: app.get(SessionCookie),
      origins: config.http.origins,
      limits: createLimits(new SharedCounts(app.get(Database), log), new BlindIndex(config.keys.subject), config.http.rateLimits),
      witness: app.get<Witness>(WITNESS, { strict: false }),
      gate: parts.gate?.(app) ?? ALWAYS_OPEN,
    }),
  );
  return app;
}

function createAdapter(config: Config, log: Log, texts: Texts): FastifyAdapter {
  const { trustProxy } = config.http;
  const options: FastifyHttpOptions<Server> = {
    // Its own lines for each request would hold addresses and headers; ours are written by the hooks.
    loggerInstance: log.child({ component: 'fastify' }, { level: log.level === 'silent' ? 'silent' : 'warn' }),
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    requestIdHeader: false,
    trustProxy: trustProxy.length > 0 ? [...trustProxy] : false,
    bodyLimit: MAX_BODY_BYTES,
    // The health gate answers while draining, with a problem document.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      sendProblem(error, request, reply, texts);
    },
    clientErrorHandler: (error, socket) => refuseUnreadable(error, socket, texts),
  };
  return new FastifyAdapter({ ...options, multipart: false });
}

/** On plain http (an intranet) neither HSTS nor upgrade-insecure-requests may be sent: no page would load. */
function securityHeaders(config: Config): Parameters<typeof helmet>[1] {
  const https = config.http.origins.every((origin) => origin.startsWith('https://'));
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(https && { upgradeInsecureRequests: [] }),
      },
    },
    strictTransportSecurity: https && { maxAge: 31_536_000, includeSubDomains: false },
    crossOriginOpenerPolicy: https,
    originAgentCluster: https,
    referrerPolicy: { policy: 'no-referrer' },
  };
}
