import { Controller, Get, Headers, Inject, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { MEDIA } from '../../../documents/model.ts';
import { PaperQuery } from '../../../documents/schemas.ts';
import { DocumentService } from '../../../documents/service.ts';
import { sayIn, type Texts } from '../../../kernel/texts.ts';
import { Database } from '../../../platform/database/database.ts';
import { CATALOGUE } from '../../../platform/http/catalogue.ts';
import { scopeFor, type Caller } from '../../../platform/http/caller.ts';
import { Allow, CurrentCaller } from '../../../platform/http/decorators.ts';
import { AnswersFile, savedAs } from '../../../platform/http/file-answer.ts';
import { languageOf } from '../../../platform/http/language.ts';
import { texts } from '../../texts.ts';
import { AwardParam } from '../schemas.ts';
import { AwardService } from '../service.ts';
import { certificatePaper, type CertificateFacts } from './model.ts';
import { Certificates } from './service.ts';

const READ = 'evaluation.read';
const KIND = 'awardCertificate';

@ApiTags('awards')
@Controller('api/v1/awards/:id/documents/certificate')
export class CertificateController {
  readonly #database: Database;
  readonly #awards: AwardService;
  readonly #documents: DocumentService;

  constructor(database: Database, awards: AwardService, documents: DocumentService, certificates: Certificates, @Inject(CATALOGUE) catalogue: Texts) {
    this.#database = database;
    this.#awards = awards;
    this.#documents = documents;
    documents.register<CertificateFacts>(KIND, {
      name: texts['evaluation.certificate.title'],
      formats: ['pdf', 'docx'],
      facts: (tx, subject) => certificates.facts(tx, subject),
      compose: (facts, language) => certificatePaper(facts, sayIn(catalogue, language)),
    });
  }

  @Get()
  @Allow(READ)
  @AnswersFile(MEDIA.pdf, MEDIA.docx)
  async print(
    @CurrentCaller() caller: Caller,
    @Param({ schema: AwardParam }) { id }: z.output<typeof AwardParam>,
    @Query({ schema: PaperQuery }) { format }: z.output<typeof PaperQuery>,
    @Headers('accept-language') wished?: string,
  ): Promise<StreamableFile> {
    const scope = scopeFor(caller, READ);
    await this.#database.within(scope, (tx) => this.#awards.get(tx, id));
    const { accountId, personId } = caller;
    const { bytes, mediaType, name } = await this.#documents.print(scope, { kind: KIND, subject: id, format, language: languageOf(wished) }, { accountId, personId });
    return savedAs(bytes, mediaType, name);
  }
}
