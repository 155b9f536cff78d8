import { Body, Controller, Get, Param, Post, type StreamableFile } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { tenantScope } from '../kernel/scope.ts';
import { Database } from '../platform/database/database.ts';
import type { Caller } from '../platform/http/caller.ts';
import { Allow, CurrentCaller, Key, SignedIn } from '../platform/http/decorators.ts';
import { AnswersFile, savedAs } from '../platform/http/file-answer.ts';
import type { RequestKey } from '../platform/http/idempotency.ts';
import { TakesUpload } from '../platform/http/upload.ts';
import { fileName } from './model.ts';
import { FileBody, FileParam, fileView, FileView } from './schemas.ts';
import { FileReceiving } from './receiving/service.ts';
import { FileService } from './service.ts';

/** Photographs and scans: sent first, then named by the command that they belong to. */
@ApiTags('files')
@Controller('api/v1/files')
export class FileController {
  readonly #database: Database;
  readonly #files: FileService;
  readonly #receiving: FileReceiving;

  constructor(database: Database, files: FileService, receiving: FileReceiving) {
    this.#database = database;
    this.#files = files;
    this.#receiving = receiving;
  }

  @Post()
  @Allow('needs.create', 'needs.triage', 'projects.claim', 'projects.report', 'projects.accept')
  @TakesUpload()
  @ApiResponse({ status: 201, description: 'Kept; removed again if nothing names it within the days of the policy', standardSchema: FileView })
  async send(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: FileBody }) { file }: z.infer<typeof FileBody>,
  ): Promise<z.infer<typeof FileView>> {
    return fileView(await this.#receiving.receive(tenantScope(caller.tenant, caller.actor), key, caller.actor, file.bytes));
  }

  @Get(':id')
  @SignedIn()
  @AnswersFile('image/jpeg', 'application/pdf')
  async own(@CurrentCaller() caller: Caller, @Param({ schema: FileParam }) { id }: z.infer<typeof FileParam>): Promise<StreamableFile> {
    const { file, bytes } = await this.#database.within(tenantScope(caller.tenant, caller.actor), (tx) => this.#files.readOwn(tx, id));
    return savedAs(bytes, file.mediaType, fileName(file));
  }
}
