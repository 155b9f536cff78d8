import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

export interface Route {
  readonly method: string;
  /** As Fastify spells it: `/api/v1/projects/:id`. */
  readonly path: string;
}

const BRANCH = /^((?:[│ ] {3})*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/;

/** Every route that Fastify would answer, from its own routing table. */
export function routesOf(app: NestFastifyApplication): Route[] {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  const stems: string[] = [];
  const routes: Route[] = [];
  for (const line of fastify.printRoutes({ commonPrefix: false }).split('\n').filter(Boolean)) {
    const [, indent = '', piece = '', methods] = BRANCH.exec(line) ?? [];
    const depth = indent.length / 4;
    stems.length = depth;
    stems.push(piece);
    for (const method of methods?.split(', ') ?? []) routes.push({ method, path: stems.join('') });
  }
  return routes;
}
