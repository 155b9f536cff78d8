import type { ActorId, TenantId } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';

export type AuditOutcome = 'done' | 'refused';

/** Never passwords, keys, full ID numbers, phones or accounts, free text, voters' choices or unopened scores. */
export type AuditChanges = Readonly<Record<string, string | number | boolean | null>>;

/** What a service reports; the actor and the tenant come from the transaction's scope. */
export interface AuditEntry {
  readonly at: Instant;
  /** Area and verb, past tense: `accounts.roleGranted`. */
  readonly action: string;
  /** What it happened to, as `kind:id`. */
  readonly subject: string;
  readonly outcome: AuditOutcome;
  readonly role?: string | undefined;
  readonly onBehalfOf?: string | undefined;
  readonly accountId?: string | undefined;
  readonly personId?: string | undefined;
  readonly caseVersion?: number | undefined;
  readonly commandId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly network?: string | undefined;
  readonly policyHash?: string | undefined;
  readonly changes?: AuditChanges | undefined;
}

/** Who sent a command and how it came in; the rest of an entry is the service's. */
export type Trace = Pick<AuditEntry, 'accountId' | 'personId' | 'role' | 'commandId' | 'requestId' | 'network'>;

export function traceOf(
  caller: Pick<AuditEntry, 'accountId' | 'personId'>,
  key: Pick<AuditEntry, 'commandId' | 'requestId' | 'network'>,
): Trace {
  return {
    accountId: caller.accountId,
    personId: caller.personId,
    commandId: key.commandId,
    requestId: key.requestId,
    network: key.network,
  };
}

export interface AuditEvent extends AuditEntry {
  readonly id: string;
  readonly tenant: TenantId;
  readonly actor: ActorId;
}

export interface AuditFilter {
  readonly subject?: string | undefined;
  /** A whole action, or an area with all its actions. */
  readonly action?: string | undefined;
  readonly person?: string | undefined;
  readonly outcome?: AuditOutcome | undefined;
  /** From this instant on, up to just before the other. */
  readonly since?: Instant | undefined;
  readonly until?: Instant | undefined;
}

/** The record that is hashed; `schema` grows with its shape, and old bytes stay as they are. */
export function auditRecord(event: AuditEvent) {
  return {
    schema: 1,
    id: event.id,
    tenant: event.tenant,
    at: event.at,
    actor: {
      id: event.actor,
      person: event.personId,
      account: event.accountId,
      for: event.onBehalfOf,
    },
    role: event.role,
    action: event.action,
    subject: event.subject,
    outcome: event.outcome,
    caseVersion: event.caseVersion,
    commandId: event.commandId,
    requestId: event.requestId,
    network: event.network,
    policyHash: event.policyHash,
    changes: event.changes,
  };
}
