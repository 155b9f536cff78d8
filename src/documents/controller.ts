import { Controller, Get, Headers, Param } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Public } from '../platform/http/decorators.ts';
import { languageOf } from '../platform/http/language.ts';
import { CheckCodeParam, VerifiedView } from './schemas.ts';
import { DocumentService } from './service.ts';

/** For whoever holds a printed page. */
@ApiTags('public')
@Controller('api/v1/public/verify')
export class VerifyController {
  readonly #documents: DocumentService;

  constructor(documents: DocumentService) {
    this.#documents = documents;
  }

  @Get(':code')
  @Public()
  @ApiResponse({ status: 200, description: 'When and in whose name it was printed, and whether it still holds', standardSchema: VerifiedView })
  async verify(
    @Param({ schema: CheckCodeParam }) { code }: z.infer<typeof CheckCodeParam>,
    @Headers('accept-language') wished?: string,
  ): Promise<z.infer<typeof VerifiedView>> {
    const { name, prints, ...issued } = await this.#documents.verify(code);
    return { ...issued, name: name[languageOf(wished)], prints: [...prints] };
  }
}
