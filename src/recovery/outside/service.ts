import { Inject, Injectable } from '@nestjs/common';
import { PeopleService } from '../../accounts/people/service.ts';
import { tenantScope, type TenantId } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { ConsentService } from '../../needs/consent/service.ts';
import type { Config } from '../../platform/config.ts';
import { SubjectKeys } from '../../platform/crypto/subject-keys.ts';
import { Database } from '../../platform/database/database.ts';
import { CONFIG } from '../../platform/module.ts';
import { OutsideList } from '../../platform/outside.ts';
import type { Head } from '../mode/service.ts';

export interface Tombstone {
  readonly tenant: TenantId;
  readonly subject: string;
  readonly at: Instant;
}

export interface KeptAnchor extends Head {
  readonly tenant: TenantId;
  readonly day: string;
}

const EVER = '-infinity';

/** Copies outside the database what a restore must not take back: who was erased, and how far the record went. */
@Injectable()
export class OutsideMirror {
  readonly #db: Database;
  readonly #keys: SubjectKeys;
  readonly #people: PeopleService;
  readonly #consents: ConsentService;
  readonly #erasures: OutsideList<Tombstone>;
  readonly #anchors: OutsideList<KeptAnchor>;

  constructor(db: Database, keys: SubjectKeys, people: PeopleService, consents: ConsentService, @Inject(CONFIG) { outsideFolder }: Config) {
    this.#db = db;
    this.#keys = keys;
    this.#people = people;
    this.#consents = consents;
    this.#erasures = new OutsideList(outsideFolder, 'erasures');
    this.#anchors = new OutsideList(outsideFolder, 'anchors');
  }

  get isKept(): boolean {
    return this.#erasures.isKept;
  }

  /** What is in the database and not yet outside; twice is as good as once. */
  async copy(): Promise<number> {
    const erased = new Set((await this.#erasures.read()).map(({ tenant, subject }) => `${tenant}/${subject}`));
    const rows = await this.#db.door<{ tenant_id: TenantId; subject_id: string; destroyed_at: Instant }>('door_erased', [EVER]);
    const tombstones = rows
      .map((row) => ({ tenant: row.tenant_id, subject: row.subject_id, at: row.destroyed_at }))
      .filter(({ tenant, subject }) => !erased.has(`${tenant}/${subject}`));
    await this.#erasures.append(tombstones);
    const kept = new Set((await this.#anchors.read()).map(({ tenant, day }) => `${tenant}/${day}`));
    const anchors: KeptAnchor[] = [];
    for (const { tenant_id: tenant } of await this.#db.door<{ tenant_id: TenantId }>('door_tenants')) {
      const found = await this.#db.within(tenantScope(tenant), (tx) =>
        tx.query<{ day: string; statement: Buffer }>('SELECT day, statement_bytes AS statement FROM audit_anchor WHERE tenant_id = $1 ORDER BY day', [
          tenant,
        ]),
      );
      for (const { day, statement } of found) {
        const { block, hash } = JSON.parse(statement.toString('utf8')) as Head;
        if (!kept.has(`${tenant}/${day}`)) anchors.push({ tenant, day, block, hash });
      }
    }
    await this.#anchors.append(anchors);
    return tombstones.length + anchors.length;
  }

  /** The loss is known and in the record: from here on this is what must not be lost. */
  async accept(tenant: TenantId, head: Head, at: Instant): Promise<void> {
    await this.#anchors.append([{ tenant, day: `restored ${at}`, ...head }]);
  }

  /** What was written outside last of each tenant. */
  async lastAnchors(): Promise<KeptAnchor[]> {
    const last = new Map<TenantId, KeptAnchor>();
    for (const anchor of await this.#anchors.read()) last.set(anchor.tenant, anchor);
    return [...last.values()];
  }

  /** Erases again whom a restore has brought back; answers how many those were. */
  async bury(at: Instant): Promise<number> {
    let buried = 0;
    for (const { tenant, subject } of await this.#erasures.read()) {
      buried += await this.#db.within(tenantScope(tenant), async (tx) => {
        const [row] = await tx.query<{ person: boolean }>(
          `SELECT EXISTS (SELECT FROM accounts_person p WHERE p.tenant_id = k.tenant_id AND p.id = k.subject_id) AS person
             FROM subject_key k WHERE k.tenant_id = $1 AND k.subject_id = $2 AND k.wrapped IS NOT NULL`,
          [tenant, subject],
        );
        if (!row) return 0;
        if (row.person) await this.#people.erase(tx, subject, { commandId: `restore-${subject}`, at });
        else if (!(await this.#consents.withdrawAgain(tx, subject, { commandId: `restore-${subject}`, at }))) await this.#keys.destroy(tx, subject, at);
        return 1;
      });
    }
    return buried;
  }
}
