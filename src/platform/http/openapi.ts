import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

export const DOCS_PATH = '/api/docs';
const MUTATIONS = ['post', 'put', 'patch', 'delete'] as const;
const METHODS = ['get', ...MUTATIONS] as const;

const KEY_PARAMETER = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: true,
  description: 'Names this change; repeating the request with the same key repeats the answer, not the change.',
  schema: { type: 'string', minLength: 8, maxLength: 200 },
};

const text = { type: 'string' };

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'title', 'status', 'code', 'detail', 'params', 'errors', 'requestId'],
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    code: { ...text, description: 'Stable for good' },
    detail: text,
    params: { type: 'object', additionalProperties: true },
    errors: {
      type: 'array',
      items: { type: 'object', required: ['at', 'code', 'detail'], properties: { at: text, code: text, detail: text } },
    },
    requestId: text,
  },
};

const PROBLEM_RESPONSE = {
  description: 'Refused',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** The document of every route of this application, the same on each run, so that it can be committed and compared. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const outline = new DocumentBuilder()
    .setTitle('Cobuild')
    .setDescription('Workflow engine for community co-building. Times are UTC, days are days in Asia/Shanghai, money is fen.')
    .setVersion('1')
    .addSecurity('session', { type: 'apiKey', in: 'cookie', name: 'cobuild', description: 'Set by signing in' })
    .addSecurity('token', { type: 'http', scheme: 'bearer' })
    .build();
  const document = SwaggerModule.createDocument(app, outline, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation) complete(operation, method !== 'get');
    }
  }
  return {
    ...document,
    paths: sorted(document.paths),
    components: { ...document.components, schemas: sorted({ ...document.components?.schemas, Problem: PROBLEM }) },
  };
}

function complete(operation: Operation, mutation: boolean): void {
  operation.responses = { ...operation.responses, default: PROBLEM_RESPONSE };
  // Nest asks for none of the headers a handler reads.
  for (const it of operation.parameters ?? []) if ('in' in it && it.name === 'accept-language') it.required = false;
  if (mutation && !('x-unkeyed' in operation)) operation.parameters = [...(operation.parameters ?? []), KEY_PARAMETER];
}

function sorted<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Swagger UI; its page carries an inline style sheet, which nothing else here may. */
export function serveDocs(app: NestFastifyApplication, document: () => OpenAPIObject): void {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', async (request, reply) => {
    if (!request.routeOptions.url?.startsWith(DOCS_PATH)) return;
    const policy = String(reply.getHeader('content-security-policy'));
    void reply.header('content-security-policy', `${policy};style-src 'self' 'unsafe-inline'`);
  });
  SwaggerModule.setup(DOCS_PATH, app, document, { jsonDocumentUrl: `${DOCS_PATH}/openapi.json`, raw: ['json'] });
}
