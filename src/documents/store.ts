import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/database.ts';
import type { IssuedDocument, Print } from './model.ts';

const COLUMNS = 'id, code, kind, subject, issuer, label, content_hash AS "contentHash", printed_at AS "printedAt"';

@Injectable()
export class DocumentStore {
  /** The row that holds these facts: this one, or the one of an earlier printing. */
  async issue(tx: Tx, document: IssuedDocument): Promise<IssuedDocument> {
    const { id, code, kind, subject, issuer, label, contentHash, printedAt } = document;
    await tx.query(
      `INSERT INTO document (tenant_id, id, code, kind, subject, issuer, label, content_hash, printed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, id, code, kind, subject, issuer, label, contentHash, printedAt],
    );
    return (await this.byId(tx, id)) ?? document;
  }

  async byId(tx: Tx, id: string): Promise<IssuedDocument | undefined> {
    const [row] = await tx.query<IssuedDocument>(`SELECT ${COLUMNS} FROM document WHERE tenant_id = $1 AND id = $2`, [tx.scope.tenant, id]);
    return row;
  }

  /** The same bytes are one printing. */
  async addPrint(tx: Tx, documentId: string, { format, language, bytesHash, printedAt }: Print): Promise<void> {
    await tx.query(
      `INSERT INTO document_print (tenant_id, document_id, bytes_hash, format, language, actor, printed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, documentId, bytesHash, format, language, tx.scope.actor, printedAt],
    );
  }

  async prints(tx: Tx, documentId: string): Promise<Print[]> {
    return tx.query<Print>(
      `SELECT format, language, bytes_hash AS "bytesHash", printed_at AS "printedAt" FROM document_print
        WHERE tenant_id = $1 AND document_id = $2 ORDER BY printed_at, format, language`,
      [tx.scope.tenant, documentId],
    );
  }
}
