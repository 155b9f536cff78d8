import { Controller, Get, Headers, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { MEDIA } from '../../documents/model.ts';
import { PaperQuery } from '../../documents/schemas.ts';
import { DocumentService, type PrintRequest } from '../../documents/service.ts';
import { sayIn } from '../../kernel/texts.ts';
import { Database } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller } from '../../platform/http/decorators.ts';
import { AnswersFile, savedAs } from '../../platform/http/file-answer.ts';
import { languageOf } from '../../platform/http/language.ts';
import { ProjectId } from '../schemas.ts';
import { ProjectService } from '../service.ts';
import { agreementPaper, agreementSubject, claimLetterPaper, type AgreementFacts, type ClaimLetterFacts } from './model.ts';
import { AgreementQuery } from './schemas.ts';
import { ProjectDocuments } from './service.ts';
import { texts } from './texts.ts';

type One = z.output<typeof ProjectId>;

const READ = 'projects.read';

/** Letters and agreements of a project, for its place and the bodies that take part. */
@ApiTags('projects')
@Controller('api/v1/projects/:id/documents')
export class ProjectDocumentController {
  readonly #database: Database;
  readonly #projects: ProjectService;
  readonly #documents: DocumentService;

  constructor(database: Database, projects: ProjectService, documents: DocumentService, contents: ProjectDocuments) {
    this.#database = database;
    this.#projects = projects;
    this.#documents = documents;
    documents.register<ClaimLetterFacts>('claimLetter', {
      name: texts['projects.claimLetter.name'],
      formats: ['pdf', 'docx'],
      facts: (tx, subject) => contents.claimLetter(tx, subject),
      compose: (facts, language) => claimLetterPaper(facts, sayIn(texts, language)),
    });
    documents.register<AgreementFacts>('agreement', {
      name: texts['projects.agreement.name'],
      formats: ['pdf', 'docx'],
      facts: (tx, subject) => contents.agreement(tx, subject),
      compose: (facts, language) => agreementPaper(facts, sayIn(texts, language)),
    });
  }

  @Get('claim-letter')
  @Allow(READ)
  @AnswersFile(MEDIA.pdf, MEDIA.docx)
  claimLetter(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ProjectId }) { id }: One,
    @Query({ schema: PaperQuery }) { format }: z.output<typeof PaperQuery>,
    @Headers('accept-language') wished?: string,
  ): Promise<StreamableFile> {
    return this.#print(caller, id, { kind: 'claimLetter', subject: id, format, language: languageOf(wished) });
  }

  @Get('agreement')
  @Allow(READ)
  @AnswersFile(MEDIA.pdf, MEDIA.docx)
  agreement(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ProjectId }) { id }: One,
    @Query({ schema: AgreementQuery }) { format, implementerId }: z.output<typeof AgreementQuery>,
    @Headers('accept-language') wished?: string,
  ): Promise<StreamableFile> {
    return this.#print(caller, id, { kind: 'agreement', subject: agreementSubject(id, implementerId), format, language: languageOf(wished) });
  }

  async #print(caller: Caller, id: string, request: PrintRequest): Promise<StreamableFile> {
    const scope = scopeFor(caller, READ);
    await this.#database.within(scope, (tx) => this.#projects.openFile(tx, id));
    const { accountId, personId } = caller;
    const { bytes, mediaType, name } = await this.#documents.print(scope, request, { accountId, personId });
    return savedAs(bytes, mediaType, name);
  }
}
