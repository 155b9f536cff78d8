import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnitService } from '../../../accounts/units/service.ts';
import { AuditService } from '../../../audit/service.ts';
import { nextQuarter, quarterOf, type Quarter } from '../../../calendar/model.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { within } from '../../../kernel/scope.ts';
import { shanghaiDate, type Instant } from '../../../kernel/time.ts';
import type { CanonicalValue } from '../../../platform/crypto/canonical.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { QuarterService } from '../../../quarters/service.ts';
import type { Intent } from '../../model.ts';
import { ListService, LISTS, type ListName } from '../service.ts';
import { frozenNeed, frozenOffer, frozenProposal } from './frozen.ts';
import { differenceOf, type FrozenList, type FrozenRow, type ListDifference } from './model.ts';

export interface SnapshotKey {
  readonly quarter: Quarter;
  readonly list: ListName;
  /** SHA-256 of the frozen bytes, base64url. */
  readonly hash: string;
  readonly at: Instant;
}

export interface ListSnapshot extends SnapshotKey {
  readonly content: FrozenList;
  /** Whether the bytes still have the hash that was stored with them. */
  readonly intact: boolean;
}

/** The three lists of a community, kept once each quarter as they stood; rows can only be added to the table. */
@Injectable()
export class ListSnapshots {
  readonly #lists: ListService;
  readonly #quarters: QuarterService;
  readonly #units: UnitService;
  readonly #audit: AuditService;

  constructor(lists: ListService, quarters: QuarterService, units: UnitService, audit: AuditService) {
    this.#lists = lists;
    this.#quarters = quarters;
    this.#units = units;
    this.#audit = audit;
  }

  /** By hand, for the running quarter or the next. Refuses `COMMUNITY_UNKNOWN`, `QUARTER_NOT_NEAR` and `LISTS_FROZEN`. */
  async freezeByHand(tx: Tx, communityId: string, quarter: Quarter, { commandId, at, trace }: Intent): Promise<SnapshotKey[]> {
    await this.#assertCommunity(tx, communityId);
    const running = quarterOf(shanghaiDate(at));
    if (quarter !== running && quarter !== nextQuarter(running)) refuse('QUARTER_NOT_NEAR', 'rule', { quarter });
    const there = await this.keys(tx, communityId);
    if (there.some((key) => key.quarter === quarter)) refuse('LISTS_FROZEN', 'state', { quarter });
    await this.freeze(tx, communityId, quarter, at);
    const frozen = (await this.keys(tx, communityId)).filter((key) => key.quarter === quarter);
    const changes = { quarter, ...Object.fromEntries(frozen.map(({ list, hash }) => [list, hash])) };
    await this.#audit.record(tx, { commandId, ...trace, at, action: 'needs.listsFrozen', subject: `community:${communityId}`, outcome: 'done', changes });
    return frozen;
  }

  /** The first of a quarter stands; a repeat changes nothing. */
  async freeze(tx: Tx, communityId: string, quarter: Quarter, at: Instant): Promise<void> {
    const on = shanghaiDate(at);
    const { needs, resources, projects } = await this.#lists.ofCommunity(tx, communityId, on);
    const names = new Map((await this.#units.all(tx)).map((unit) => [unit.id, unit.name]));
    const nameOf = (id: string): string => names.get(id) ?? '';
    const rows: Readonly<Record<ListName, readonly FrozenRow[]>> = {
      needs: needs.map((need) => frozenNeed(need, nameOf)),
      resources: resources.map((offer) => frozenOffer(offer, nameOf)),
      projects: projects.map((proposal) => frozenProposal(proposal, nameOf)),
    };
    for (const list of LISTS) {
      const content: FrozenList = { schema: 1, list, communityId, quarter, on, rows: rows[list] };
      await this.#quarters.freeze(tx, { communityId, quarter, kind: list, content: content as unknown as CanonicalValue, at });
    }
  }

  /** What is frozen of a community, newest quarter first. */
  async keys(tx: Tx, communityId: string): Promise<SnapshotKey[]> {
    const rows = await this.#quarters.snapshotKeys(tx, communityId, LISTS);
    return rows.map(({ quarter, kind, hash, at }) => ({ quarter, list: kind as ListName, hash: hash.toString('base64url'), at }));
  }

  /** Refuses `LIST_SNAPSHOT_UNKNOWN`. */
  async get(tx: Tx, communityId: string, quarter: Quarter, list: ListName): Promise<ListSnapshot> {
    const all = await this.#quarters.snapshots(tx, communityId, quarter);
    const found = all.find((snapshot) => snapshot.kind === list) ?? refuse('LIST_SNAPSHOT_UNKNOWN', 'unknown');
    const intact = createHash('sha256').update(found.bytes).digest().equals(found.hash);
    return { quarter, list, hash: found.hash.toString('base64url'), at: found.at, intact, content: contentOf(found.bytes) };
  }

  /** Against the newest frozen before; `since` null where there is none. Refuses `LIST_SNAPSHOT_UNKNOWN`. */
  async difference(tx: Tx, communityId: string, quarter: Quarter, list: ListName): Promise<ListDifference & { readonly since: Quarter | null }> {
    const { content } = await this.get(tx, communityId, quarter, list);
    const before = await this.#quarters.snapshotBefore(tx, communityId, quarter, list);
    return { since: before?.quarter ?? null, ...differenceOf(before ? contentOf(before.bytes).rows : [], content.rows) };
  }

  async #assertCommunity(tx: Tx, communityId: string): Promise<void> {
    const community = (await this.#units.byIds(tx, [communityId])).get(communityId);
    if (community?.kind !== 'community' || !within(community.orgPath, tx.scope.orgPath)) refuse('COMMUNITY_UNKNOWN', 'unknown');
  }
}

function contentOf(bytes: Uint8Array): FrozenList {
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as FrozenList;
}
