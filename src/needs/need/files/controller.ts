import { Controller, Get, Param, type StreamableFile } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { fileName } from '../../../files/model.ts';
import { FileList, FileParam, fileView, RecordFileParam } from '../../../files/schemas.ts';
import { FileService } from '../../../files/service.ts';
import { Database } from '../../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../../platform/http/caller.ts';
import { Allow, CurrentCaller } from '../../../platform/http/decorators.ts';
import { AnswersFile, savedAs } from '../../../platform/http/file-answer.ts';
import { NeedService } from '../service.ts';

const READ = 'people.read';

/** Photographs that came with a need or an answer, for the staff of its community. */
@ApiTags('needs')
@Controller('api/v1/needs/:id/files')
export class NeedFileController {
  readonly #database: Database;
  readonly #needs: NeedService;
  readonly #files: FileService;

  constructor(database: Database, needs: NeedService, files: FileService) {
    this.#database = database;
    this.#needs = needs;
    this.#files = files;
  }

  @Get()
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'Oldest first; as they were sent', standardSchema: FileList })
  async list(
    @CurrentCaller() caller: Caller,
    @Param({ schema: FileParam }) { id }: z.output<typeof FileParam>,
  ): Promise<z.infer<typeof FileList>> {
    return this.#database.within(scopeFor(caller, READ), async (tx) => {
      await this.#needs.get(tx, id);
      return { items: (await this.#files.list(tx, { kind: 'need', id })).map(fileView) };
    });
  }

  @Get(':fileId')
  @Allow(READ)
  @AnswersFile('image/jpeg', 'application/pdf')
  async one(
    @CurrentCaller() caller: Caller,
    @Param({ schema: RecordFileParam }) { id, fileId }: z.output<typeof RecordFileParam>,
  ): Promise<StreamableFile> {
    const { accountId, personId } = caller;
    return this.#database.within(scopeFor(caller, READ), async (tx) => {
      await this.#needs.get(tx, id);
      const { file, bytes } = await this.#files.read(tx, { kind: 'need', id }, fileId, { accountId, personId });
      return savedAs(bytes, file.mediaType, fileName(file));
    });
  }
}
