import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant, LocalDate } from '../kernel/time.ts';
import { BytesColumn, DateColumn, IdKey, InstantColumn, JsonColumn, OrgPathColumn, TenantKey, TextColumn, TextKey, WholeColumn } from '../platform/database/columns.ts';
import { CODE, INTERNAL, type FieldNote } from '../platform/database/registry.ts';

const STAFF_NAME: FieldNote = {
  sensitivity: 2,
  purpose: 'contact and accountability',
  basis: 'statutoryDuty',
  retentionMonths: 36,
  mask: 'name',
};
const STAFF_PHONE: FieldNote = { ...STAFF_NAME, mask: 'phone' };
/** What somebody typed to find things again; may hold a name. */
const OWN_WORDS: FieldNote = { ...STAFF_NAME, purpose: 'finding things again', mask: 'freeText' };
const CREDENTIAL: FieldNote = { ...STAFF_NAME, sensitivity: 3, purpose: 'sign-in', mask: 'freeText' };

@Entity('accounts_tenant')
export class TenantRow {
  @TenantKey() tenantId: string;
  @TextColumn(INTERNAL) name: string;
  @InstantColumn({ name: 'created_at' }) createdAt: Instant;
}

@Entity('accounts_org_unit')
export class OrgUnitRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @TextColumn(CODE) kind: string;
  @TextColumn(CODE) code: string;
  @TextColumn(INTERNAL) name: string;
  @OrgPathColumn() orgPath: string;
  @TextColumn(CODE, { nullable: true }) level: string | null;
  @TextColumn(INTERNAL, { name: 'contact_post', nullable: true }) contactPost: string | null;
  @TextColumn(INTERNAL, { nullable: true }) note: string | null;
  @TextColumn(INTERNAL, { nullable: true }) letterhead: string | null;
  @TextColumn(INTERNAL, { name: 'signs_as', nullable: true }) signsAs: string | null;
  @DateColumn({ name: 'left_on', nullable: true }) leftOn: LocalDate | null;
  @Column({ type: 'integer', default: 1 }) version: number;
}

@Entity('accounts_membership')
export class MembershipRow {
  @TenantKey() tenantId: string;
  @IdKey('unit_id') unitId: string;
  @IdKey('community_id') communityId: string;
  @DateColumn({ name: 'joined_on', primary: true }) joinedOn: LocalDate;
  @DateColumn({ name: 'left_on', nullable: true }) leftOn: LocalDate | null;
}

@Entity('accounts_person')
export class PersonRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'unit_id', type: 'uuid', nullable: true }) unitId: string | null;
  @OrgPathColumn() orgPath: string;
  @BytesColumn(STAFF_NAME, { name: 'name_sealed' }) nameSealed: Buffer;
  @BytesColumn(STAFF_NAME, { name: 'name_index', nullable: true }) nameIndex: Buffer | null;
  @BytesColumn(STAFF_PHONE, { name: 'phone_sealed', nullable: true }) phoneSealed: Buffer | null;
  @BytesColumn(STAFF_PHONE, { name: 'phone_index', nullable: true }) phoneIndex: Buffer | null;
  @Column({ type: 'integer', default: 1 }) version: number;
  @InstantColumn({ name: 'created_at' }) createdAt: Instant;
  /** What is kept of them has a term from then on. */
  @InstantColumn({ name: 'left_at', nullable: true }) leftAt: Instant | null;
  @InstantColumn({ name: 'erased_at', nullable: true }) erasedAt: Instant | null;
}

@Entity('accounts_account')
export class AccountRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'person_id', type: 'uuid' }) personId: string;
  @TextColumn(CREDENTIAL) login: string;
  @TextColumn(CODE) state: string;
  /** Null: an account of a program, which has tokens and cannot sign in. */
  @TextColumn(CREDENTIAL, { name: 'password_hash', nullable: true }) passwordHash: string | null;
  /** A one-time password works until then, and only to set an own one. */
  @InstantColumn({ name: 'password_expires_at', nullable: true }) passwordExpiresAt: Instant | null;
  /** Null: the page's guide for a first visit is still shown. */
  @InstantColumn({ name: 'guide_seen_at', nullable: true }) guideSeenAt: Instant | null;
  @Column({ type: 'integer', default: 1 }) version: number;
  @InstantColumn({ name: 'created_at' }) createdAt: Instant;
}

@Entity('accounts_grant')
export class GrantRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'person_id', type: 'uuid' }) personId: string;
  @TextColumn(CODE) role: string;
  @OrgPathColumn() orgPath: string;
  @InstantColumn({ name: 'from_at' }) fromAt: Instant;
  @InstantColumn({ name: 'until_at', nullable: true }) untilAt: Instant | null;
  @TextColumn(CODE, { name: 'granted_by' }) grantedBy: string;
  @InstantColumn({ name: 'created_at' }) createdAt: Instant;
}

@Entity('accounts_session')
export class SessionRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'account_id', type: 'uuid' }) accountId: string;
  @BytesColumn(CREDENTIAL, { name: 'token_hash' }) tokenHash: Buffer;
  @InstantColumn({ name: 'created_at' }) createdAt: Instant;
  @InstantColumn({ name: 'seen_at' }) seenAt: Instant;
  @InstantColumn({ name: 'expires_at' }) expiresAt: Instant;
  @InstantColumn({ name: 'second_factor_at', nullable: true }) secondFactorAt: Instant | null;
}

@Entity('accounts_second_factor')
export class SecondFactorRow {
  @TenantKey() tenantId: string;
  @IdKey('account_id') accountId: string;
  @BytesColumn(CREDENTIAL, { name: 'secret_sealed', nullable: true }) secretSealed: Buffer | null;
  /** Shown, not yet confirmed. */
  @BytesColumn(CREDENTIAL, { name: 'pending_sealed', nullable: true }) pendingSealed: Buffer | null;
  /** Half minutes since 1970: no code counts twice. */
  @WholeColumn({ name: 'last_step', default: 0 }) lastStep: number;
  @InstantColumn({ name: 'confirmed_at', nullable: true }) confirmedAt: Instant | null;
}

@Entity('accounts_recovery_code')
export class RecoveryCodeRow {
  @TenantKey() tenantId: string;
  @IdKey('account_id') accountId: string;
  @PrimaryColumn({ name: 'code_hash', type: 'bytea' }) codeHash: Buffer;
  @InstantColumn({ name: 'used_at', nullable: true }) usedAt: Instant | null;
}

@Entity('accounts_identity')
export class IdentityRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'account_id', type: 'uuid' }) accountId: string;
  @TextColumn(CODE) issuer: string;
  /** Keyed digest of issuer and subject: neither name nor number can be read from it. */
  @BytesColumn(CREDENTIAL, { name: 'subject_index' }) subjectIndex: Buffer;
  @TextColumn(CODE, { name: 'linked_by' }) linkedBy: string;
  @InstantColumn({ name: 'linked_at' }) linkedAt: Instant;
}

@Entity('accounts_deputy')
export class DeputyRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'person_id', type: 'uuid' }) personId: string;
  @Column({ name: 'deputy_id', type: 'uuid' }) deputyId: string;
  @JsonColumn(CODE) permissions: readonly string[];
  @InstantColumn({ name: 'from_at' }) fromAt: Instant;
  @InstantColumn({ name: 'until_at' }) untilAt: Instant;
  @InstantColumn({ name: 'created_at' }) createdAt: Instant;
}

@Entity('accounts_view')
export class SavedViewRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'person_id', type: 'uuid' }) personId: string;
  @TextColumn(CODE) list: string;
  @TextColumn(OWN_WORDS) name: string;
  @JsonColumn(OWN_WORDS) query: Readonly<Record<string, string>>;
  @InstantColumn({ name: 'saved_at' }) savedAt: Instant;
}

/** Whatever somebody is writing just now. */
const DRAFT: FieldNote = { ...STAFF_NAME, sensitivity: 3, purpose: 'writing on another device', retentionMonths: 1, mask: 'freeText' };

@Entity('accounts_draft')
export class DraftRow {
  @TenantKey() tenantId: string;
  @IdKey('account_id') accountId: string;
  @TextKey('form') form: string;
  @Column({ type: 'integer' }) version: number;
  @BytesColumn(DRAFT, { name: 'text_sealed' }) textSealed: Buffer;
  @InstantColumn({ name: 'saved_at' }) savedAt: Instant;
}

@Entity('accounts_token')
export class TokenRow {
  @TenantKey() tenantId: string;
  @IdKey() id: string;
  @Column({ name: 'account_id', type: 'uuid' }) accountId: string;
  @TextColumn(INTERNAL) name: string;
  @BytesColumn(CREDENTIAL, { name: 'token_hash' }) tokenHash: Buffer;
  @JsonColumn(CODE) permissions: readonly string[];
  @InstantColumn({ name: 'created_at' }) createdAt: Instant;
  @InstantColumn({ name: 'expires_at' }) expiresAt: Instant;
  @InstantColumn({ name: 'revoked_at', nullable: true }) revokedAt: Instant | null;
}

@Entity('accounts_sign_in_lock')
export class SignInLockRow {
  @TenantKey() tenantId: string;
  /** Keyed digest of login and network: neither can be read from it. */
  @TextKey('lock_key') lockKey: string;
  @Column({ type: 'integer' }) failures: number;
  @InstantColumn({ name: 'first_failed_at' }) firstFailedAt: Instant;
  @InstantColumn({ name: 'locked_until', nullable: true }) lockedUntil: Instant | null;
}
