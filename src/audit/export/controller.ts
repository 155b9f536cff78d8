import { Controller, Get, Req, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller } from '../../platform/http/decorators.ts';
import { networkOf } from '../../platform/http/request.ts';
import { RecordExport } from './service.ts';

const NDJSON = 'application/x-ndjson';

@ApiTags('audit')
@Controller('api/v1/audit-record')
export class RecordController {
  readonly #export: RecordExport;

  constructor(recordExport: RecordExport) {
    this.#export = recordExport;
  }

  @Get()
  @Allow('audit.verify')
  @ApiProduces(NDJSON)
  @ApiResponse({ status: 200, description: 'All that is sealed, with blocks and anchors', schema: { type: 'string', format: 'binary' } })
  async file(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest): Promise<StreamableFile> {
    const { accountId, personId } = caller;
    const trace = { accountId, personId, requestId: request.id, network: networkOf(request) };
    const lines = await this.#export.open(scopeFor(caller, 'audit.verify'), trace);
    return new StreamableFile(lines, { type: NDJSON, disposition: 'attachment; filename="record.ndjson"' });
  }
}
