import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Health, type Readiness } from '../health.ts';
import { Public } from './decorators.ts';

const Liveness = z.strictObject({ alive: z.literal(true) });

const ReadinessView = z.strictObject({
  ready: z.boolean(),
  draining: z.boolean(),
  dependencies: z.record(z.string(), z.enum(['up', 'down'])),
});

@ApiTags('health')
@Controller('api/health')
export class HealthController {
  readonly #health: Health;

  constructor(health: Health) {
    this.#health = health;
  }

  /** Answers while the event loop turns; touches nothing else, or a lost database would restart every process. */
  @Get('live')
  @Public()
  @ApiResponse({ status: 200, description: 'The process runs', standardSchema: Liveness })
  live(): z.infer<typeof Liveness> {
    return { alive: true };
  }

  @Get('ready')
  @Public()
  @ApiResponse({ status: 200, description: 'Traffic may come', standardSchema: ReadinessView })
  @ApiResponse({ status: 503, description: 'Traffic should go elsewhere', standardSchema: ReadinessView })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.#health.readiness();
    void reply.status(readiness.ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    return readiness;
  }
}
