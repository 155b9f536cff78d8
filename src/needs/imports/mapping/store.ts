import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../../kernel/scope.ts';
import type { Instant } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { inSubtree } from '../../store.ts';
import type { Mapping, MappingContent } from './model.ts';

interface MappingColumns {
  readonly id: string;
  readonly kind: Mapping['kind'];
  readonly source: string;
  readonly org_path: OrgPath;
  readonly fingerprint: string;
  readonly content: MappingContent;
  readonly version: number;
  readonly confirmed_at: Instant;
  readonly confirmed_by: string;
}

const COLUMNS = 'id, kind, source, org_path, fingerprint, content, version, confirmed_at, confirmed_by';

export type NewMapping = Pick<Mapping, 'id' | 'kind' | 'source' | 'fingerprint'> & { readonly content: MappingContent; readonly at: Instant };

@Injectable()
export class MappingStore {
  /** False where files of this place with these headings have a mapping already. */
  async insert(tx: Tx, { id, kind, source, fingerprint, content, at }: NewMapping): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO needs_import_mapping (tenant_id, id, kind, source, org_path, fingerprint, content, version, confirmed_at, confirmed_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, 1, $8, $9) ON CONFLICT (tenant_id, kind, fingerprint, org_path) DO NOTHING RETURNING id`,
      [tx.scope.tenant, id, kind, source, tx.scope.orgPath, fingerprint, JSON.stringify(content), at, tx.scope.actor],
    );
    return rows.length > 0;
  }

  /** Of the mappings that apply to the scope's place, the nearest. */
  async nearest(tx: Tx, kind: Mapping['kind'], fingerprint: string): Promise<Mapping | undefined> {
    const rows = await tx.query<MappingColumns>(
      `SELECT ${COLUMNS} FROM needs_import_mapping
        WHERE tenant_id = $1 AND kind = $2 AND fingerprint = $3 AND starts_with($4, org_path) ORDER BY length(org_path) DESC LIMIT 1`,
      [tx.scope.tenant, kind, fingerprint, tx.scope.orgPath],
    );
    return rows[0] && mappingOf(rows[0]);
  }

  /** Those that apply to the scope's place, and those below it. */
  async all(tx: Tx, kind: Mapping['kind'], most: number): Promise<Mapping[]> {
    const rows = await tx.query<MappingColumns>(
      `SELECT ${COLUMNS} FROM needs_import_mapping
        WHERE tenant_id = $1 AND (starts_with($2, org_path) OR (${inSubtree(2)})) AND kind = $3
        ORDER BY source, confirmed_at DESC, id LIMIT $4`,
      [tx.scope.tenant, tx.scope.orgPath, kind, most],
    );
    return rows.map(mappingOf);
  }

  /** Only of the subtree: who may change a mapping answers for all files it is applied to. */
  async mapping(tx: Tx, id: string): Promise<Mapping | undefined> {
    const rows = await tx.query<MappingColumns>(
      `SELECT ${COLUMNS} FROM needs_import_mapping WHERE tenant_id = $1 AND id = $2 AND ${inSubtree(3)}`,
      [tx.scope.tenant, id, tx.scope.orgPath],
    );
    return rows[0] && mappingOf(rows[0]);
  }

  /** The changed mapping, or undefined where it is not at `version` any more. */
  async change(tx: Tx, id: string, version: number, source: string, content: MappingContent, at: Instant): Promise<Mapping | undefined> {
    const rows = await tx.query<MappingColumns>(
      `UPDATE needs_import_mapping SET source = $5, content = $6::jsonb, version = version + 1, confirmed_at = $7, confirmed_by = $8
        WHERE tenant_id = $1 AND id = $2 AND version = $3 AND ${inSubtree(4)} RETURNING ${COLUMNS}`,
      [tx.scope.tenant, id, version, tx.scope.orgPath, source, JSON.stringify(content), at, tx.scope.actor],
    );
    return rows[0] && mappingOf(rows[0]);
  }
}

function mappingOf(row: MappingColumns): Mapping {
  return {
    id: row.id,
    kind: row.kind,
    source: row.source,
    orgPath: row.org_path,
    fingerprint: row.fingerprint,
    fields: row.content.fields,
    identity: row.content.identity,
    version: row.version,
    confirmedAt: row.confirmed_at,
    confirmedBy: row.confirmed_by,
  };
}
