import { Controller, Get, Header } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Metrics } from '../metrics.ts';
import { Allow, OrLoopback } from './decorators.ts';

@ApiTags('health')
@Controller('api/metrics')
export class MetricsController {
  readonly #metrics: Metrics;

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
  }

  @Get()
  @Allow('system.config')
  @OrLoopback()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiProduces('text/plain')
  @ApiResponse({ status: 200, description: 'Prometheus text format', schema: { type: 'string' } })
  async read(): Promise<string> {
    return this.#metrics.registry.metrics();
  }
}
