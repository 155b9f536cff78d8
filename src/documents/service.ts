import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Trace } from '../audit/model.ts';
import { AuditService } from '../audit/service.ts';
import { BusinessClock } from '../calendar/clock.ts';
import { Refusal, refuse } from '../kernel/refusal.ts';
import { tenantScope, type ActorId, type Scope, type TenantId } from '../kernel/scope.ts';
import type { Language } from '../kernel/texts.ts';
import { BlindIndex } from '../platform/crypto/blind-index.ts';
import { canonicalJson, type CanonicalValue } from '../platform/crypto/canonical.ts';
import type { Config } from '../platform/config.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { writePaper } from '../platform/documents/write.ts';
import { deriveId } from '../platform/ids.ts';
import { CONFIG } from '../platform/module.ts';
import { writeWorkbook, type WorkbookSheet } from '../platform/tables/workbook.ts';
import { checkCode, MEDIA, normalCheckCode, paperOf, type DocumentFacts, type DocumentFormat, type IssuedDocument, type PaperContent, type Print } from './model.ts';
import { DocumentStore } from './store.ts';

/** Whoever checks a code stays unknown. */
const PUBLIC = 'public' as ActorId;
const CODE_FIELD = 'documents.code';

/** One kind of document: what it says, and how that reads. Facts are asked in the whole tenant, so that all readers get the same. */
export interface DocumentKind<Facts extends DocumentFacts = DocumentFacts> {
  readonly name: { readonly zh: string; readonly en: string };
  /** Refuses where there is no such subject, or nothing to print yet. */
  readonly facts: (tx: Tx, subject: string) => Promise<Facts>;
  readonly compose: (facts: Facts, language: Language) => PaperContent;
  readonly formats: readonly DocumentFormat[];
  readonly workbook?: (facts: Facts, language: Language) => readonly WorkbookSheet[];
}

export interface PrintRequest {
  readonly kind: string;
  readonly subject: string;
  readonly format: DocumentFormat;
  readonly language: Language;
}

export interface PrintedFile {
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly name: string;
}

export interface Verified extends Omit<IssuedDocument, 'id' | 'subject'> {
  readonly name: { readonly zh: string; readonly en: string };
  readonly prints: readonly Print[];
  /** Whether it would say the same today; null where that cannot be told any more. */
  readonly current: boolean | null;
}

/** Prints documents and knows what was printed; each area registers the kinds that are its own. */
@Injectable()
export class DocumentService {
  readonly #database: Database;
  readonly #store: DocumentStore;
  readonly #audit: AuditService;
  readonly #clock: BusinessClock;
  readonly #index: BlindIndex;
  readonly #origin: string;
  readonly #kinds = new Map<string, DocumentKind>();

  constructor(database: Database, store: DocumentStore, audit: AuditService, clock: BusinessClock, index: BlindIndex, @Inject(CONFIG) config: Config) {
    this.#database = database;
    this.#store = store;
    this.#audit = audit;
    this.#clock = clock;
    this.#index = index;
    this.#origin = config.http.origins[0]!;
  }

  register<Facts extends DocumentFacts>(kind: string, document: DocumentKind<Facts>): void {
    this.#kinds.set(kind, document as unknown as DocumentKind);
  }

  /**
   * The same facts are the same document with the same code and time, and so the same bytes. The caller has made sure
   * that this reader may see the subject. Refuses `DOCUMENT_FORMAT` and what the kind refuses.
   */
  async print({ tenant, actor }: Pick<Scope, 'tenant' | 'actor'>, { kind, subject, format, language }: PrintRequest, trace: Trace): Promise<PrintedFile> {
    const document = this.#kinds.get(kind);
    if (!document?.formats.includes(format)) return refuse('DOCUMENT_FORMAT', 'rule', { format });
    const scope = tenantScope(tenant, actor);
    const { facts, issued } = await this.#database.within(scope, async (tx) => {
      const said = await document.facts(tx, subject);
      const printedAt = await this.#clock.now(tx);
      const drawn = await this.#store.issue(tx, this.#draft(tenant, kind, subject, said, printedAt));
      await this.#audit.record(tx, { ...trace, at: printedAt, action: 'documents.printed', subject: `document:${drawn.id}`, outcome: 'done', changes: { kind, format, language } });
      return { facts: said, issued: drawn };
    });
    const paper = paperOf(document.compose(facts, language), issued, language, this.#origin);
    const end = { notes: paper.proof.lines, printedAt: issued.printedAt };
    const bytes = format === 'xlsx' ? await writeWorkbook(document.workbook?.(facts, language) ?? [], end) : await writePaper(paper, format);
    const bytesHash = createHash('sha256').update(bytes).digest('hex');
    await this.#database.within(scope, async (tx) => this.#store.addPrint(tx, issued.id, { format, language, bytesHash, printedAt: await this.#clock.now(tx) }));
    return { bytes, mediaType: MEDIA[format], name: `${document.name[language]}-${issued.label}.${format}` };
  }

  /** For anybody who holds the paper. Refuses `DOCUMENT_UNKNOWN`. */
  async verify(typed: string): Promise<Verified> {
    const [found] = await this.#database.door<{ tenant_id: TenantId; id: string }>('door_document', [normalCheckCode(typed)]);
    if (!found) return refuse('DOCUMENT_UNKNOWN', 'unknown');
    return this.#database.within(tenantScope(found.tenant_id, PUBLIC), async (tx) => {
      const { id, subject, ...issued } = (await this.#store.byId(tx, found.id)) ?? refuse('DOCUMENT_UNKNOWN', 'unknown');
      const document = this.#kinds.get(issued.kind);
      const current = document ? await this.#isCurrent(tx, document, subject, issued.contentHash) : null;
      const name = document?.name ?? { zh: issued.kind, en: issued.kind };
      return { ...issued, name, prints: await this.#store.prints(tx, id), current };
    });
  }

  async #isCurrent(tx: Tx, document: DocumentKind, subject: string, contentHash: string): Promise<boolean> {
    try {
      return hashOfFacts(await document.facts(tx, subject)) === contentHash;
    } catch (error) {
      // What cannot be printed any more is not current.
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  #draft(tenant: TenantId, kind: string, subject: string, facts: DocumentFacts, printedAt: IssuedDocument['printedAt']): IssuedDocument {
    const contentHash = hashOfFacts(facts);
    const id = deriveId(`${tenant}/${kind}/${subject}`, contentHash);
    const code = checkCode(this.#index.of(tenant, CODE_FIELD, id));
    const { issuer, label } = facts;
    return { id, code, kind, subject, issuer, label, contentHash, printedAt };
  }
}

function hashOfFacts(facts: DocumentFacts): string {
  return createHash('sha256').update(canonicalJson(facts as unknown as CanonicalValue)).digest('hex');
}
