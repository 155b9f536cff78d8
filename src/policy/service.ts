import { Injectable } from '@nestjs/common';
import type { AuditEntry } from '../audit/model.ts';
import { AuditService } from '../audit/service.ts';
import { refuse } from '../kernel/refusal.ts';
import { WHOLE_TENANT } from '../kernel/scope.ts';
import { localDate, shanghaiDate, type Instant, type LocalDate } from '../kernel/time.ts';
import { canonicalJson, type CanonicalValue } from '../platform/crypto/canonical.ts';
import type { Tx } from '../platform/database/database.ts';
import { hashOf } from '../platform/ids.ts';
import {
  amended,
  contentOf,
  pinOf,
  policyKinds,
  valuesOf,
  type PinnedPolicy,
  type PolicyChanges,
  type PolicyContent,
  type PolicyKind,
  type PolicyPack,
} from './model.ts';
import { builtInPacks } from './packs/built-in.ts';
import { PolicyStore, type PackHeader, type StoredPack } from './store.ts';
import { faultsOf } from './validation/model.ts';

/** Who sent the command, for the audit; instant and action are the service's. */
export type Trace = Pick<AuditEntry, 'accountId' | 'personId' | 'role' | 'commandId' | 'requestId' | 'network'>;

export interface VersionRequest<Kind extends PolicyKind> {
  readonly kind: Kind;
  /** The newest version the sender has seen. */
  readonly basedOn: number;
  /** Not before today, not before the version it follows. */
  readonly effectiveFrom: LocalDate;
  readonly changes: PolicyChanges;
  /** The office's own words; kept with the pack, never in the audit. */
  readonly reason: string;
  readonly at: Instant;
}

/** The defaults hold from before anything this product records. */
const SINCE_EVER = localDate('2000-01-01');

/** Says that two packs of a kind hold the same rules, whatever their version and the order of their keys. */
export function policyHash(kind: PolicyKind, content: PolicyContent): string {
  return hashOf(kind, canonicalJson(content as unknown as CanonicalValue));
}

/** The rules a tenant works by: every number of days, percentage, cap and weight comes from here. */
@Injectable()
export class PolicyService {
  readonly #store: PolicyStore;
  readonly #audit: AuditService;
  /** By hash, so that a version whose transaction failed can never be mistaken for its successor. */
  readonly #contents = new Map<string, PolicyContent>();

  constructor(store: PolicyStore, audit: AuditService) {
    this.#store = store;
    this.#audit = audit;
  }

  /** What a case that starts at this business instant must pin. Refuses `POLICY_UNKNOWN`. */
  async current<Kind extends PolicyKind>(tx: Tx, kind: Kind, at: Instant): Promise<PinnedPolicy<Kind>> {
    const header = await this.#store.effective(tx, kind, shanghaiDate(at));
    return pinOf(await this.#pack(tx, kind, header));
  }

  /** What a case has pinned. Refuses `POLICY_UNKNOWN`. */
  async pinned<Kind extends PolicyKind>(tx: Tx, kind: Kind, version: number): Promise<PinnedPolicy<Kind>> {
    return pinOf(await this.pack(tx, kind, version));
  }

  /** With units, sources, evidence and labels. Refuses `POLICY_UNKNOWN`. */
  async pack<Kind extends PolicyKind>(tx: Tx, kind: Kind, version: number): Promise<PolicyPack<Kind>> {
    return this.#pack(tx, kind, await this.#store.header(tx, kind, version));
  }

  /** All versions, the newest of each kind first. */
  async history(tx: Tx, kind?: PolicyKind): Promise<StoredPack[]> {
    return this.#store.history(tx, kind);
  }

  /** Version 1 of every kind that the tenant does not have; can be repeated, also after an update of the product. */
  async installDefaults(tx: Tx, at: Instant): Promise<void> {
    for (const kind of policyKinds) {
      const content: PolicyContent = contentOf(builtInPacks[kind]);
      const pack = { kind, version: 1, effectiveFrom: SINCE_EVER, hash: policyHash(kind, content), content };
      const isNew = await this.#store.insert(tx, { ...pack, reason: '产品默认值 / product defaults', at });
      if (isNew) await this.#record(tx, 'policy.defaultsInstalled', pack, at, {});
    }
  }

  /** What an update of the product brought, for a tenant that was set up before; one that is not set up yet stays so. */
  async addMissing(tx: Tx, at: Instant): Promise<void> {
    const known = new Set((await this.#store.history(tx)).map(({ kind }) => kind));
    if (known.size > 0 && known.size < policyKinds.length) await this.installDefaults(tx, at);
  }

  /**
   * The next version, with reason and effective date. Running cases keep what they have pinned.
   * Refuses `POLICY_WHOLE_TENANT`, `POLICY_STALE`, `POLICY_UNKNOWN`, `POLICY_UNCHANGED`, `POLICY_EFFECTIVE_TOO_EARLY`, `POLICY_INVALID`.
   */
  async publishVersion<Kind extends PolicyKind>(
    tx: Tx,
    request: VersionRequest<Kind>,
    trace: Trace = {},
  ): Promise<PolicyPack<Kind>> {
    const { kind, changes, effectiveFrom, reason, at } = request;
    if (tx.scope.orgPath !== WHOLE_TENANT) refuse('POLICY_WHOLE_TENANT', 'forbidden');
    const latest = await this.#store.latest(tx, kind);
    const before = await this.#pack(tx, kind, latest);
    if (before.version !== request.basedOn) refuse('POLICY_STALE', 'stale', { kind, version: before.version });
    const earliest = [before.effectiveFrom, shanghaiDate(at)].sort().at(-1)!;
    if (effectiveFrom < earliest) refuse('POLICY_EFFECTIVE_TOO_EARLY', 'rule', { kind, earliest });

    const content = sound(kind, before.content, changes);
    const pack = { kind, version: before.version + 1, effectiveFrom, hash: policyHash(kind, content), content };
    if (pack.hash === before.hash) refuse('POLICY_UNCHANGED', 'state', { kind, version: before.version });
    if (!(await this.#store.insert(tx, { ...pack, reason, at }))) {
      refuse('POLICY_STALE', 'stale', { kind, version: pack.version });
    }
    await this.#record(tx, 'policy.versionPublished', pack, at, trace);
    return pack;
  }

  async #pack<Kind extends PolicyKind>(tx: Tx, kind: Kind, header: PackHeader | undefined): Promise<PolicyPack<Kind>> {
    if (!header) return refuse('POLICY_UNKNOWN', 'unknown', { kind });
    let content = this.#contents.get(header.hash);
    if (!content) {
      content = await this.#store.content(tx, kind, header.version);
      if (!content) return refuse('POLICY_UNKNOWN', 'unknown', { kind });
      this.#contents.set(header.hash, content);
    }
    // A value that an update of the product brought holds with its default until a version names it.
    return { kind, ...header, content: { ...contentOf(builtInPacks[kind]), ...(content as PolicyContent<Kind>) } };
  }

  async #record(tx: Tx, action: string, pack: PolicyPack, at: Instant, trace: Trace): Promise<void> {
    await this.#audit.record(tx, {
      ...trace,
      at,
      action,
      subject: `policy:${pack.kind}`,
      outcome: 'done',
      policyHash: pack.hash,
      changes: { version: pack.version, effectiveFrom: pack.effectiveFrom },
    });
  }
}

function sound<Kind extends PolicyKind>(
  kind: Kind,
  before: PolicyContent<Kind>,
  changes: PolicyChanges,
): PolicyContent<Kind> {
  const content = amended(before, changes);
  const proposed = Object.fromEntries(Object.entries(changes).map(([name, { value }]) => [name, value]));
  const errors = faultsOf(kind, builtInPacks[kind], { ...valuesOf(content), ...proposed });
  if (errors.length > 0) {
    refuse('POLICY_INVALID', 'rule', { kind }, errors.map((error) => ({ ...error, at: `/changes${error.at}` })));
  }
  return content;
}
