import { Controller, Get, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { tenantId } from '../../kernel/scope.ts';
import { localDate } from '../../kernel/time.ts';
import { Public } from '../../platform/http/decorators.ts';
import { Anchors, AnchorsQuery } from './schemas.ts';
import { AnchorService } from './service.ts';

/** Of one answer: a good year. */
const LIMIT = 400;

/** Open to everybody on purpose: what strangers have copied, nobody here can change any more. */
@ApiTags('public')
@Controller('api/v1/public/anchors')
export class AnchorController {
  readonly #anchors: AnchorService;

  constructor(anchors: AnchorService) {
    this.#anchors = anchors;
  }

  @Get()
  @Public()
  @ApiResponse({ status: 200, description: 'Signed heads of the record, newest first', standardSchema: Anchors })
  async list(@Query({ schema: AnchorsQuery }) { tenant, before }: z.infer<typeof AnchorsQuery>): Promise<z.infer<typeof Anchors>> {
    const anchors = await this.#anchors.page(tenantId(tenant), before === undefined ? undefined : localDate(before), LIMIT);
    return {
      keys: this.#anchors.publicKeys,
      anchors: anchors.map(({ statement, signature, keyId }) => ({
        statement: statement.toString('utf8'),
        signature: signature.toString('hex'),
        key: keyId,
      })),
    };
  }
}
