import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Stands in the built page where each answer puts a number of its own (`web/vite.config.ts`). */
const NONCE = 'CSP_NONCE_OF_THIS_ANSWER';
const PUBLIC = 'p';

/**
 * Serves the built page from a folder: assets, whose names change with their content, for good; HTML never kept, so that a
 * new release is seen at once. Addresses of pages are known from the build; any other that a browser opens is the page's
 * own "not found", with that status. What begins with /api is left to the API.
 */
export async function servePage(fastify: FastifyInstance, folder: string): Promise<void> {
  const addresses = new Set(JSON.parse(readFileSync(join(folder, 'page-addresses.json'), 'utf8')) as string[]);

  await fastify.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    preCompressed: true,
    immutable: true,
    maxAge: '1y',
    index: false,
  });
  const icon = readFileSync(join(folder, 'icon.svg'));
  fastify.get('/icon.svg', (_request, reply) => reply.type('image/svg+xml').header('cache-control', 'max-age=86400').send(icon));

  // Read each time: a page built anew under a running server names other assets.
  const open = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | void> => {
    const [first = ''] = pathOf(request).slice(1).split('/');
    const isKnown = first === '' || first === PUBLIC || addresses.has(first);
    if (first === 'api' || (!isKnown && !wantsPage(request))) return reply.callNotFound();
    const page = await readFile(join(folder, first === PUBLIC ? 'p.html' : 'index.html'), 'utf8');
    return send(reply.status(isKnown ? 200 : 404), page);
  };
  fastify.get('/', open);
  fastify.get('/*', open);
}

export function isPageBuilt(folder: string): boolean {
  return existsSync(join(folder, 'index.html'));
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0] ?? '/';
}

function wantsPage(request: FastifyRequest): boolean {
  return request.headers.accept?.includes('text/html') === true;
}

function send(reply: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  const policy = String(reply.getHeader('content-security-policy'));
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `${policy};style-src 'self' 'nonce-${nonce}'`,
    })
    .send(page.replaceAll(NONCE, nonce));
}
