import { Column, Entity } from 'typeorm';
import type { OrgPath } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import { IdKey, InstantColumn, OrgPathColumn, TenantKey, TextColumn, TextKey, WholeColumn } from '../platform/database/columns.ts';
import { CODE } from '../platform/database/registry.ts';

@Entity('ledger_account')
export class LedgerAccountRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @TextColumn(CODE) book: string;
  @TextColumn(CODE, { collation: 'C' }) name: string;
  @TextColumn(CODE) kind: string;
  @TextColumn(CODE, { name: 'subject_id' }) subjectId: string;
  @TextColumn(CODE, { name: 'party_id', nullable: true }) partyId: string | null;
  @OrgPathColumn() orgPath: OrgPath;
  @WholeColumn({ nullable: true }) floor: number | null;
  @WholeColumn({ default: 0 }) posted: number;
  @WholeColumn({ default: 0 }) held: number;
}

@Entity('ledger_transfer')
export class LedgerTransferRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @TextColumn(CODE, { name: 'command_id' }) commandId: string;
  @Column({ type: 'integer' }) ordinal: number;
  @TextColumn(CODE) kind: string;
  @TextColumn(CODE) book: string;
  @Column({ name: 'debit_id', type: 'uuid' }) debitId: string;
  @Column({ name: 'credit_id', type: 'uuid' }) creditId: string;
  @WholeColumn() amount: number;
  @Column({ name: 'hold_id', type: 'uuid', nullable: true }) holdId: string | null;
  @TextColumn(CODE) memo: string;
  @InstantColumn() at: Instant;
}

@Entity('ledger_cap')
export class LedgerCapRow {
  @TenantKey() tenantId: string;
  @TextKey('name') name: string;
  @TextColumn(CODE) book: string;
  @OrgPathColumn() orgPath: OrgPath;
  @WholeColumn({ default: 0 }) amount: number;
  @WholeColumn({ default: 0 }) planned: number;
}

@Entity('ledger_cap_entry')
export class LedgerCapEntryRow {
  @TenantKey() tenantId: string;
  @TextKey('command_id') commandId: string;
  @Column({ type: 'integer', primary: true }) ordinal: number;
  @TextKey('kind') kind: string;
  @TextColumn(CODE, { collation: 'C' }) cap: string;
  @WholeColumn() amount: number;
  @InstantColumn() at: Instant;
}
