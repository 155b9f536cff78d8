import { randomBytes, randomUUID } from 'node:crypto';
import { UnitService } from '../../src/accounts/units/service.ts';
import { UnitStore } from '../../src/accounts/units/store.ts';
import { AuditService } from '../../src/audit/service.ts';
import { AuditStore } from '../../src/audit/store.ts';
import { BusinessClock, WallClock } from '../../src/calendar/clock.ts';
import { CalendarStore } from '../../src/calendar/store.ts';
import { PostgresBlobs } from '../../src/files/blobs/postgres/store.ts';
import { FileService } from '../../src/files/service.ts';
import { FileStore } from '../../src/files/store.ts';
import { tenantId, tenantScope, type ActorId, type OrgPath, type Scope } from '../../src/kernel/scope.ts';
import { localDate, parseInstant } from '../../src/kernel/time.ts';
import { DuplicateFinder } from '../../src/needs/duplicates/service.ts';
import { DuplicateStore } from '../../src/needs/duplicates/store.ts';
import { ImportCommands } from '../../src/needs/imports/commands.ts';
import { ImportKinds } from '../../src/needs/imports/kinds/commands.ts';
import { MappingCommands } from '../../src/needs/imports/mapping/commands.ts';
import { MappingStore } from '../../src/needs/imports/mapping/store.ts';
import { ImportReader } from '../../src/needs/imports/reading/commands.ts';
import { ImportStore } from '../../src/needs/imports/store.ts';
import { UndoCommands } from '../../src/needs/imports/undo/commands.ts';
import { UndoStore } from '../../src/needs/imports/undo/store.ts';
import { ListService } from '../../src/needs/lists/service.ts';
import type { Intent } from '../../src/needs/model.ts';
import { NeedService, type RaisedNeed } from '../../src/needs/need/service.ts';
import { RaiserStore } from '../../src/needs/need/raiser/store.ts';
import { NeedStore } from '../../src/needs/need/store.ts';
import { OfferService } from '../../src/needs/offer/service.ts';
import { OfferStore } from '../../src/needs/offer/store.ts';
import { ProposalService, type ProposalContent } from '../../src/needs/proposal/service.ts';
import { ProposalStore } from '../../src/needs/proposal/store.ts';
import { SearchWords } from '../../src/needs/search/service.ts';
import { CounterStore } from '../../src/needs/store.ts';
import { BlindIndex } from '../../src/platform/crypto/blind-index.ts';
import { SubjectKeys } from '../../src/platform/crypto/subject-keys.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { PolicyService } from '../../src/policy/service.ts';
import { PolicyStore } from '../../src/policy/store.ts';
import type { Fen } from '../../src/kernel/money.ts';

export const AT = parseInstant('2026-01-05T02:00:00Z');

const keys = [{ id: 'k1', secret: randomBytes(32) }];

/** The area as the application wires it. */
export function createArea() {
  const counters = new CounterStore();
  const audit = new AuditService(new AuditStore());
  const units = new UnitService(new UnitStore(), audit);
  const index = new BlindIndex(keys);
  const words = new SearchWords();
  const files = new FileService(new FileStore(), new PostgresBlobs(new SubjectKeys(keys)), new PolicyService(new PolicyStore(), audit), audit, new BusinessClock(new CalendarStore(), audit, new WallClock()));
  const needs = new NeedService(new NeedStore(), new RaiserStore(), counters, units, audit, new SubjectKeys(keys), index, words, new DuplicateFinder(new DuplicateStore(), index), files);
  const offers = new OfferService(new OfferStore(), counters, units, audit, words);
  const proposals = new ProposalService(new ProposalStore(), counters, units, needs, audit);
  const lists = new ListService(needs, offers, proposals, units);
  const importStore = new ImportStore();
  const mappingStore = new MappingStore();
  const kinds = new ImportKinds(units, needs, offers, proposals);
  const imports = new ImportCommands(importStore, new ImportReader(mappingStore, kinds), kinds, audit, index);
  const mappings = new MappingCommands(mappingStore, kinds, audit);
  const undos = new UndoCommands(importStore, new UndoStore(), new SubjectKeys(keys), audit);
  return { units, needs, offers, proposals, lists, imports, mappings, undos };
}

export interface Place {
  readonly scope: Scope;
  readonly xincheng: string;
  readonly dongjie: string;
  readonly unit: string;
  readonly organisation: string;
}

/** One office with two communities, a unit that takes part in the first of them, and a social organisation. */
export async function createPlace(database: Database, area: ReturnType<typeof createArea>): Promise<Place> {
  const tenant = tenantId(`n-${randomUUID().slice(0, 18)}`);
  const scope = tenantScope(tenant, 'staff' as ActorId);
  return database.within(scope, async (tx) => {
    await tx.query('INSERT INTO accounts_tenant (tenant_id, name, created_at) VALUES ($1, $2, $3)', [tenant, '示例区', AT]);
    await area.units.registerUnits(
      tx,
      [
        { code: 'mengyang', name: '蒙阳街道办事处', kind: 'subdistrictOffice' },
        { code: 'xincheng', name: '新城社区', kind: 'community' },
        { code: 'dongjie', name: '东街社区（示例）', kind: 'community' },
        { code: 'gj01', name: '区某局（示例）', kind: 'coBuildingUnit', communities: ['xincheng'] },
        { code: 'gj02', name: '区另一局（示例）', kind: 'coBuildingUnit', communities: ['dongjie'] },
        { code: 'sz01', name: '某社工中心（示例）', kind: 'socialOrganization' },
      ],
      { commandId: randomUUID(), at: AT, joinedOn: localDate('2025-01-01') },
    );
    const units = await area.units.byCodes(tx, ['xincheng', 'dongjie', 'gj01', 'sz01']);
    const id = (code: string): string => units.get(code)!.id;
    return { scope, xincheng: id('xincheng'), dongjie: id('dongjie'), unit: id('gj01'), organisation: id('sz01') };
  });
}

export function narrowed(scope: Scope, orgPath: string, actor: string = scope.actor): Scope {
  return { ...scope, orgPath: orgPath as OrgPath, actor: actor as ActorId };
}

export function intent(): Intent {
  return { commandId: randomUUID(), at: AT };
}

export function raised(communityId: string, changes: Partial<RaisedNeed> = {}): RaisedNeed {
  return {
    sourceNumber: null,
    communityId,
    channel: 'visit',
    place: '桂花小区',
    category: 'elderly',
    urgency: 'soon',
    peopleAffected: 12,
    evidence: null,
    publicText: '楼道需要加装扶手',
    raiserKind: 'resident',
    raiser: { words: null, name: null, phone: null, consent: null },
    raisedAt: AT,
    ...changes,
  };
}

export function drafted(communityId: string, needIds: readonly string[], changes: Partial<ProposalContent> = {}): ProposalContent {
  return {
    sourceNumber: null,
    communityId,
    title: '楼道扶手加装',
    description: '为老旧楼栋楼道加装扶手',
    category: 'elderly',
    capability: 'housing',
    budgetFen: 350_000 as Fen,
    hours: 40,
    fromOn: localDate('2026-02-01'),
    untilOn: localDate('2026-09-30'),
    sharedProperty: false,
    peopleExpected: 60,
    implementerId: null,
    needIds,
    ...changes,
  };
}

export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
