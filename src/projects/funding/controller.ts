import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller, Key } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { ProjectId } from '../schemas.ts';
import { FundingCommands } from './commands.ts';
import { ContributionBody, FundingView } from './schemas.ts';

type One = z.output<typeof ProjectId>;
type Input = z.output<typeof ContributionBody>;
type View = z.infer<typeof FundingView>;

const funded = { status: 200, description: 'All contributions of the project', standardSchema: FundingView };

@ApiTags('projects')
@Controller('api/v1/projects/:id')
export class FundingController {
  readonly #funding: FundingCommands;

  constructor(funding: FundingCommands) {
    this.#funding = funding;
  }

  @Get('funding')
  @Allow('projects.read')
  @ApiResponse(funded)
  read(@CurrentCaller() caller: Caller, @Param({ schema: ProjectId }) { id }: One): Promise<View> {
    return this.#funding.read(scopeFor(caller, 'projects.read'), id);
  }

  @Post('pledge')
  @HttpCode(200)
  @Allow('projects.claim')
  @ApiResponse(funded)
  pledge(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: ProjectId }) { id }: One,
    @Body({ schema: ContributionBody }) body: Input,
  ): Promise<View> {
    return this.#funding.contribute('pledge', { caller, key, id }, body);
  }

  @Post('deliver')
  @HttpCode(200)
  @Allow('projects.claim')
  @ApiResponse(funded)
  deliver(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: ProjectId }) { id }: One,
    @Body({ schema: ContributionBody }) body: Input,
  ): Promise<View> {
    return this.#funding.contribute('deliver', { caller, key, id }, body);
  }

  @Post('verify')
  @HttpCode(200)
  @Allow('projects.accept')
  @ApiResponse(funded)
  verify(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: ProjectId }) { id }: One,
    @Body({ schema: ContributionBody }) body: Input,
  ): Promise<View> {
    return this.#funding.contribute('verify', { caller, key, id }, body);
  }
}
