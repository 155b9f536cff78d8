import { Controller, Get, Param, type StreamableFile } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { fileName } from '../../files/model.ts';
import { FileList, fileView, RecordFileParam } from '../../files/schemas.ts';
import { FileService } from '../../files/service.ts';
import { Database } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller } from '../../platform/http/decorators.ts';
import { AnswersFile, savedAs } from '../../platform/http/file-answer.ts';
import { ProjectId } from '../schemas.ts';
import { ProjectService } from '../service.ts';

const READ = 'projects.read';

/** Photographs and scans of a project, for its place and the bodies that take part. */
@ApiTags('projects')
@Controller('api/v1/projects/:id/files')
export class ProjectFileController {
  readonly #database: Database;
  readonly #projects: ProjectService;
  readonly #files: FileService;

  constructor(database: Database, projects: ProjectService, files: FileService) {
    this.#database = database;
    this.#projects = projects;
    this.#files = files;
  }

  @Get()
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'Oldest first; the contents say what each belongs to', standardSchema: FileList })
  async list(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ProjectId }) { id }: z.output<typeof ProjectId>,
  ): Promise<z.infer<typeof FileList>> {
    return this.#database.within(scopeFor(caller, READ), async (tx) => {
      await this.#projects.openFile(tx, id);
      return { items: (await this.#files.list(tx, { kind: 'project', id })).map(fileView) };
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
      await this.#projects.openFile(tx, id);
      const { file, bytes } = await this.#files.read(tx, { kind: 'project', id }, fileId, { accountId, personId });
      return savedAs(bytes, file.mediaType, fileName(file));
    });
  }
}
