import { Controller, Get, Headers, Inject, Param, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { MEDIA } from '../../documents/model.ts';
import { DocumentService } from '../../documents/service.ts';
import { sayIn, type Texts } from '../../kernel/texts.ts';
import { Database } from '../../platform/database/database.ts';
import { CATALOGUE } from '../../platform/http/catalogue.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller } from '../../platform/http/decorators.ts';
import { AnswersFile, savedAs } from '../../platform/http/file-answer.ts';
import { languageOf } from '../../platform/http/language.ts';
import { ProjectService } from '../../projects/service.ts';
import { ProjectParam } from '../schemas.ts';
import { caseFilePaper, type CaseFileFacts } from './model.ts';
import { CaseFiles } from './service.ts';
import { texts } from './texts.ts';

const READ = 'evaluation.read';
const KIND = 'caseFile';

@ApiTags('projects')
@Controller('api/v1/projects/:id/documents/case-file')
export class CaseFileController {
  readonly #database: Database;
  readonly #projects: ProjectService;
  readonly #documents: DocumentService;

  constructor(database: Database, projects: ProjectService, documents: DocumentService, files: CaseFiles, @Inject(CATALOGUE) catalogue: Texts) {
    this.#database = database;
    this.#projects = projects;
    this.#documents = documents;
    documents.register<CaseFileFacts>(KIND, {
      name: texts['evaluation.caseFile.title'],
      formats: ['pdf'],
      facts: (tx, subject) => files.facts(tx, subject),
      compose: (facts, language) => caseFilePaper(facts, sayIn(catalogue, language)),
    });
  }

  @Get()
  @Allow(READ)
  @AnswersFile(MEDIA.pdf)
  async print(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ProjectParam }) { id }: z.output<typeof ProjectParam>,
    @Headers('accept-language') wished?: string,
  ): Promise<StreamableFile> {
    const scope = scopeFor(caller, READ);
    await this.#database.within(scope, (tx) => this.#projects.openFile(tx, id));
    const { accountId, personId } = caller;
    const request = { kind: KIND, subject: id, format: 'pdf', language: languageOf(wished) } as const;
    const { bytes, mediaType, name } = await this.#documents.print(scope, request, { accountId, personId });
    return savedAs(bytes, mediaType, name);
  }
}
