import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller, Key } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { ProjectId } from '../schemas.ts';
import { NoteCommands } from './commands.ts';
import { NoteBody, NoteView } from './schemas.ts';

@ApiTags('projects')
@Controller('api/v1/projects/:id/notes')
export class NoteController {
  readonly #notes: NoteCommands;

  constructor(notes: NoteCommands) {
    this.#notes = notes;
  }

  @Post()
  @HttpCode(200)
  @Allow('projects.report')
  @ApiResponse({ status: 200, description: 'Kept among what was written in the project; written anew, the earlier one stays', standardSchema: NoteView })
  write(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: ProjectId }) { id }: z.output<typeof ProjectId>,
    @Body({ schema: NoteBody }) body: z.output<typeof NoteBody>,
  ): Promise<z.infer<typeof NoteView>> {
    return this.#notes.write({ caller, key, id }, body);
  }
}
