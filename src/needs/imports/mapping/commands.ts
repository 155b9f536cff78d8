import { Injectable } from '@nestjs/common';
import { AuditService } from '../../../audit/service.ts';
import { refuse, type FieldError } from '../../../kernel/refusal.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { deriveId } from '../../../platform/ids.ts';
import type { ColumnRules } from '../../../platform/tables/records.ts';
import { personalTraces, type Intent } from '../../model.ts';
import { ImportKinds } from '../kinds/commands.ts';
import type { ImportKind } from '../model.ts';
import { isPersonalHeading, type FieldMapping, type Mapping, type MappingContent } from './model.ts';
import { MappingStore } from './store.ts';

/** What a person confirms about the files of one source. */
export interface ConfirmedMapping extends MappingContent {
  readonly source: string;
}

const MOST_LISTED = 200;

/** Mappings are remembered by the headings they were confirmed for, and say who confirmed them. */
@Injectable()
export class MappingCommands {
  readonly #store: MappingStore;
  readonly #kinds: ImportKinds;
  readonly #audit: AuditService;

  constructor(store: MappingStore, kinds: ImportKinds, audit: AuditService) {
    this.#store = store;
    this.#kinds = kinds;
    this.#audit = audit;
  }

  async all(tx: Tx, kind: ImportKind): Promise<Mapping[]> {
    return this.#store.all(tx, kind, MOST_LISTED);
  }

  /** Refuses `MAPPING_UNKNOWN`, also for those outside the subtree or of another kind. */
  async get(tx: Tx, kind: ImportKind, id: string): Promise<Mapping> {
    const mapping = await this.#store.mapping(tx, id);
    return mapping?.kind === kind ? mapping : refuse('MAPPING_UNKNOWN', 'unknown');
  }

  /** Refuses `MAPPING_EXISTS` and, with one error for each place, `MAPPING_INVALID`. */
  async confirm(tx: Tx, kind: ImportKind, fingerprint: string, mapping: ConfirmedMapping, intent: Intent): Promise<Mapping> {
    assertSound(mapping, this.#kinds.rules(kind));
    const id = deriveId(intent.commandId, 'mapping');
    const { source, fields, identity } = mapping;
    const isNew = await this.#store.insert(tx, { id, kind, source, fingerprint, content: { fields, identity }, at: intent.at });
    if (!isNew) refuse('MAPPING_EXISTS', 'state');
    await this.#record(tx, intent, 'needs.mappingConfirmed', id, kind, mapping, 1);
    return this.get(tx, kind, id);
  }

  /** Refuses `MAPPING_UNKNOWN`, `MAPPING_STALE`, `MAPPING_INVALID`. */
  async change(tx: Tx, kind: ImportKind, id: string, version: number, mapping: ConfirmedMapping, intent: Intent): Promise<Mapping> {
    await this.get(tx, kind, id);
    assertSound(mapping, this.#kinds.rules(kind));
    const { source, fields, identity } = mapping;
    const changed = (await this.#store.change(tx, id, version, source, { fields, identity }, intent.at)) ?? refuse('MAPPING_STALE', 'stale');
    await this.#record(tx, intent, 'needs.mappingChanged', id, kind, mapping, changed.version);
    return changed;
  }

  async #record(tx: Tx, intent: Intent, action: string, id: string, kind: string, { fields }: MappingContent, version: number): Promise<void> {
    const { commandId, at, trace } = intent;
    const changes = { kind, fields: fields.map(({ field }) => field).join(' '), version };
    await this.#audit.record(tx, { commandId, ...trace, at, action, subject: `importMapping:${id}`, outcome: 'done', changes });
  }
}

function assertSound({ source, fields, identity }: ConfirmedMapping, rules: ColumnRules): void {
  const errors: FieldError[] = personalTraces(source).length > 0 ? [{ at: '/source', code: 'PUBLIC_TEXT_PERSONAL' }] : [];
  const usedFields = new Set<string>();
  const usedHeadings = new Set<string>();
  for (const [index, mapping] of fields.entries()) {
    const at = `/fields/${index}`;
    for (const code of faultsOf(mapping, rules)) errors.push({ at, code });
    if (usedFields.has(mapping.field)) errors.push({ at, code: 'MAPPING_FIELD_TWICE' });
    usedFields.add(mapping.field);
    for (const heading of mapping.headings) {
      if (usedHeadings.has(heading)) errors.push({ at, code: 'MAPPING_HEADING_TWICE' });
      usedHeadings.add(heading);
    }
  }
  for (const field of Object.keys(rules)) {
    if (rules[field]!.required && !usedFields.has(field)) errors.push({ at: '/fields', code: 'MAPPING_FIELD_MISSING', params: { field } });
  }
  if (identity.some(isPersonalHeading)) errors.push({ at: '/identity', code: 'MAPPING_COLUMN_PERSONAL' });
  if (errors.length > 0) refuse('MAPPING_INVALID', 'rule', {}, errors);
}

function faultsOf({ field, headings, values, fixed }: FieldMapping, rules: ColumnRules): string[] {
  const read = rules[field]?.read;
  if (!read) return ['MAPPING_FIELD_UNKNOWN'];
  const faults: string[] = [];
  if (headings.length === 0 && fixed === null) faults.push('MAPPING_FIELD_EMPTY');
  if (headings.some(isPersonalHeading)) faults.push('MAPPING_COLUMN_PERSONAL');
  const readable = (text: string): boolean => 'value' in read({ row: 1, column: 1, kind: 'text', text }, '');
  if (!Object.values(values).every(readable) || (fixed !== null && !readable(fixed))) faults.push('MAPPING_VALUE_UNREADABLE');
  if ([...Object.keys(values), fixed ?? ''].some((text) => personalTraces(text).length > 0)) faults.push('PUBLIC_TEXT_PERSONAL');
  return faults;
}
