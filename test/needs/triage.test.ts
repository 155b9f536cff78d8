import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PolicyService } from '../../src/policy/service.ts';
import { PolicyStore } from '../../src/policy/store.ts';
import { AuditService } from '../../src/audit/service.ts';
import { AuditStore } from '../../src/audit/store.ts';
import type { Tx } from '../../src/platform/database/database.ts';
import { BundlingService } from '../../src/needs/bundling/service.ts';
import { DuplicateStore } from '../../src/needs/duplicates/store.ts';
import { DuplicateTriage } from '../../src/needs/duplicates/triage/service.ts';
import { personalTraces } from '../../src/needs/model.ts';
import type { Need } from '../../src/needs/need/model.ts';
import type { RaisedNeed } from '../../src/needs/need/service.ts';
import { SearchWords } from '../../src/needs/search/service.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { AT, codeOf, createArea, createPlace, drafted, intent, narrowed, raised, type Place } from './support.ts';

const area = createArea();
const { needs, proposals, lists } = area;
const audit = new AuditService(new AuditStore());
const policy = new PolicyService(new PolicyStore(), audit);
const duplicates = new DuplicateTriage(new DuplicateStore(), needs, policy, audit);
const bundling = new BundlingService(needs, policy, new SearchWords());
let db: TestDatabase;
let place: Place;

beforeAll(async () => {
  db = await createTestDatabase();
}, 60_000);
afterAll(async () => {
  await db?.drop();
});

const inPlace = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => db.database.within(place.scope, work);
const raise = (publicText: string, changes: Partial<RaisedNeed> = {}): Promise<Need> =>
  inPlace((tx) => needs.raise(tx, raised(place.xincheng, { publicText, ...changes }), intent()));
const whole = { after: undefined, limit: 100 };

async function newPlace(): Promise<void> {
  place = await createPlace(db.database, area);
  await inPlace((tx) => policy.installDefaults(tx, AT));
}

const proposed = async (scope = place.scope): Promise<[string, string[]][]> => {
  const clusters = await db.database.within(scope, (tx) => duplicates.page(tx, whole, AT));
  return clusters.map(({ oldest, repeats }) => [oldest.number, repeats.map(({ need }) => need.number)]);
};

describe('what is personal in the public text of a need', () => {
  beforeAll(newPlace);

  it('is shown nowhere: two hundred planted numbers', async () => {
    const plant = (at: number): string => {
      const digits = String(10_000_000 + at * 7_919);
      return [
        `请联系139${digits}`,
        `我的电话１３８${digits}，谢谢`,
        `身份证号513101195${digits.slice(0, 2)}0${digits.slice(2, 7)}X`,
        `补贴打到62220210${digits} ，办理`,
        `电话：0835-${digits.slice(0, 7)}`,
      ][at % 5]!;
    };
    const spoken = Array.from({ length: 200 }, (_, at) => `第${at}户楼道太暗，${plant(at)}`);
    const rows = spoken.map((publicText, at) => ({
      ...raised(place.xincheng, { publicText, place: at % 40 === 0 ? '桂花苑3栋2单元501' : '桂花苑' }),
      id: crypto.randomUUID(),
      orgPath: narrowed(place.scope, '/mengyang/xincheng/').orgPath,
    }));
    await inPlace((tx) => needs.insertAll(tx, rows, AT));
    const stored = await inPlace((tx) => needs.byIds(tx, rows.map((row) => row.id)));
    const triaged = rows.map((row) => ({ id: row.id, version: 1, triage: {} }));
    expect(rows.every((row) => stored.get(row.id)!.needsLook)).toBe(true);
    expect(rows[0] && (await inPlace((tx) => needs.raiserOf(tx, rows[0]!.id, intent())))?.words).toBe(`${spoken[0]}\n桂花苑3栋2单元501`);

    await inPlace((tx) => needs.triageAll(tx, triaged, intent()));
    const proposal = await inPlace((tx) => proposals.draft(tx, drafted(place.xincheng, rows.map((row) => row.id)), intent()));
    await inPlace((tx) => proposals.makeReady(tx, proposal.id, proposal.version, intent()));
    const published = await inPlace((tx) => lists.needs(tx, {}, 'raisedAt', { ...whole, limit: 500 }));
    expect(published).toHaveLength(200);
    const shown = published.map(({ publicText, place: where }) => `${publicText}\n${where}`).join('\n');
    expect(personalTraces(shown)).toEqual([]);
    expect(spoken.filter((text) => shown.includes(text.slice(-9, -3)))).toEqual([]);
  }, 30_000);

  it('is marked for a person, who settles it by triage', async () => {
    const need = await raise('三楼漏水，找13800001234');
    expect(need).toMatchObject({ publicText: '三楼漏水，找＊＊＊', needsLook: true });
    const marked = await inPlace((tx) => needs.page(tx, { needsLook: true }, 'raisedAt', whole));
    expect(marked.map((each) => each.id)).toEqual([need.id]);
    const triaged = await inPlace((tx) => needs.triage(tx, need.id, need.version, { publicText: '三楼漏水' }, intent()));
    expect(triaged.needsLook).toBe(false);
  });
});

describe('duplicates', () => {
  beforeAll(newPlace);

  it('are proposed as they come, inside their community and category, and to those who may see them', async () => {
    const first = await raise('三单元楼道灯坏了，晚上上下楼看不见，请尽快维修');
    await raise('食堂太远，希望设助餐点');
    const second = await raise('三单元楼道灯坏了晚上上下楼看不见，请尽快维修！');
    await raise('三单元楼道灯坏了，晚上上下楼看不见，请尽快维修', { category: 'safety' });
    await raise('三单元楼道灯坏了，晚上上下楼看不见，请尽快维修', { communityId: place.dongjie });
    expect(await proposed()).toEqual([[first.number, [second.number]]]);
    expect(await proposed(narrowed(place.scope, '/mengyang/dongjie/'))).toEqual([]);
    const changed = await inPlace((tx) => needs.edit(tx, second.id, second.version, { publicText: '电梯停运' }, intent()));
    expect(await proposed()).toEqual([]);
    await inPlace((tx) => needs.edit(tx, second.id, changed.version, { publicText: '三单元楼道灯坏了晚上上下楼看不见请尽快维修' }, intent()));
    expect(await proposed()).toEqual([[first.number, [second.number]]]);
  });

  it('are told by sealed words too, until there is a public text', async () => {
    await newPlace();
    const spoken = (words: string) => raise('', { publicText: null, raiser: { words, name: null, phone: null, consent: null } });
    const text = '三单元楼道灯坏了，晚上上下楼看不见，请尽快维修';
    const [one, other, third] = [await spoken(text), await spoken(`${text}！`), await raise(`${text}。`)];
    expect(await proposed()).toEqual([[one.number, [other.number, third.number]]]);
    const stored = await inPlace((tx) => tx.query('SELECT need_id AS id FROM needs_word_signature ORDER BY need_id'));
    expect(stored).toHaveLength(2);
    expect(await db.database.within(narrowed(place.scope, '/mengyang/dongjie/'), (tx) => tx.query('SELECT 1 FROM needs_word_signature'))).toEqual([]);
    await inPlace((tx) => needs.edit(tx, other.id, other.version, { category: 'housing' }, intent()));
    expect(await proposed()).toEqual([[one.number, [third.number]]]);
    await inPlace((tx) => needs.triage(tx, one.id, one.version, { publicText: text }, intent()));
    expect(await proposed()).toEqual([[one.number, [third.number]]]);
    expect(await inPlace((tx) => tx.query('SELECT need_id AS id FROM needs_word_signature'))).toEqual([{ id: other.id }]);
    await inPlace((tx) => needs.edit(tx, other.id, other.version + 1, { category: 'elderly' }, intent()));
    expect(await proposed()).toEqual([[one.number, [other.number, third.number]]]);
  });

  it('are found in a file as one by one, a crowd of equal ones included', async () => {
    await newPlace();
    const orgPath = narrowed(place.scope, '/mengyang/xincheng/').orgPath;
    const row = (publicText: string) => ({ ...raised(place.xincheng, { publicText }), id: crypto.randomUUID(), orgPath });
    await inPlace((tx) => needs.insertAll(tx, Array.from({ length: 120 }, () => row('小区充电桩不够，飞线充电很危险')), AT));
    await inPlace((tx) => needs.insertAll(tx, [row('小区充电桩不够，飞线充电很危险！'), row('健身器材坏了')], AT));
    const [cluster, ...more] = await proposed();
    expect(more).toEqual([]);
    expect(cluster![0]).toBe('XQ-0001');
    expect(new Set(cluster![1]).size).toBe(120);
  });

  it('are merged by a person, counted once, followed by who raised them, and split again', async () => {
    await newPlace();
    const text = '楼道扶手松动，老人上下楼不安全';
    const [kept, repeat, other] = [await raise(text), await raise(`${text}。`, { peopleAffected: 5 }), await raise(`请看：${text}`)];
    expect((await proposed())[0]?.[1]).toEqual([repeat.number, other.number]);
    const rows = [repeat, other, { ...kept, version: kept.version }].map(({ id, version }) => ({ id, version }));
    const results = await inPlace((tx) => duplicates.mergeAll(tx, kept.id, rows, intent()));
    expect(results.map(({ code }) => code)).toEqual([null, null, 'NEED_MERGE_SELF']);
    expect(await proposed()).toEqual([]);

    const triaged = await inPlace((tx) => needs.triage(tx, kept.id, kept.version, { publicText: text }, intent()));
    const proposal = await inPlace((tx) => proposals.draft(tx, drafted(place.xincheng, [kept.id]), intent()));
    await inPlace((tx) => proposals.makeReady(tx, proposal.id, proposal.version, intent()));
    expect(await codeOf(inPlace((tx) => proposals.draft(tx, drafted(place.xincheng, [repeat.id]), intent())))).toBe('NEED_NOT_IN_STATE');
    await inPlace((tx) => needs.markAnswered(tx, [triaged.id], intent()));
    const confirmed = await inPlace((tx) => needs.confirmSolved(tx, [repeat.id, other.id], 'raiser', true, intent()));
    expect(confirmed.map(({ code }) => code)).toEqual([null, null]);
    const solved = await inPlace((tx) => tx.query('SELECT need_id AS id FROM needs_confirmed WHERE tenant_id = $1', [tx.scope.tenant]));
    expect(solved).toEqual([{ id: kept.id }]);

    const behind = await inPlace((tx) => needs.get(tx, repeat.id));
    const kin = await inPlace((tx) => needs.kinOf(tx, behind));
    expect([behind.state, kin.follows?.number, kin.follows?.state]).toEqual(['merged', kept.number, 'closed']);
    await inPlace((tx) => needs.unmerge(tx, repeat.id, behind.version, intent()));
    const after = await inPlace(async (tx) => needs.kinOf(tx, await needs.get(tx, kept.id)));
    expect(after.repeats.map(({ number }) => number)).toEqual([other.number]);
    expect(after.merges.map(({ mergedId, undoneAt }) => [mergedId, undoneAt !== null]).sort()).toEqual(
      [
        [repeat.id, true],
        [other.id, false],
      ].sort(),
    );
  });

  it('that a person has dismissed do not come back', async () => {
    await newPlace();
    const text = '停车位不够，回家晚了没有地方停车';
    const [one, other] = [await raise(text), await raise(`${text}！`)];
    const stranger = narrowed(place.scope, '/mengyang/dongjie/');
    const pair = [{ one: other.id, other: one.id }];
    expect(await db.database.within(stranger, (tx) => duplicates.dismiss(tx, pair, intent()))).toBe(0);
    expect(await inPlace((tx) => duplicates.dismiss(tx, pair, intent()))).toBe(1);
    expect(await inPlace((tx) => duplicates.dismiss(tx, pair, intent()))).toBe(0);
    expect(await proposed()).toEqual([]);
  });
});

describe('bundles', () => {
  it('are suggested of triaged needs that no proposal has taken, with the reasons', async () => {
    await newPlace();
    const triaged = async (publicText: string, changes: Partial<RaisedNeed> = {}): Promise<Need> => {
      const need = await raise(publicText, changes);
      return inPlace((tx) => needs.triage(tx, need.id, need.version, { publicText }, intent()));
    };
    const first = await triaged('三单元楼道灯坏了，希望维修', { place: '桂花小区', peopleAffected: 10 });
    const like = await triaged('五单元楼道灯不亮，希望维修', { place: '银杏苑', peopleAffected: 20 });
    const near = await triaged('门口台阶太高', { place: '桂花小区', peopleAffected: 30 });
    await triaged('楼道灯坏了，请维修', { place: '西苑', category: 'safety' });
    const taken = await triaged('七单元楼道灯坏了，请维修', { place: '银杏苑' });
    await raise('九单元楼道灯坏了，请维修');
    await inPlace((tx) => proposals.draft(tx, drafted(place.xincheng, [taken.id]), intent()));
    const suggested = await inPlace((tx) => bundling.suggest(tx, undefined, AT));
    expect(suggested).toHaveLength(1);
    const [{ members, peopleAffected, sharedWords } = { members: [], peopleAffected: 0, sharedWords: [] }] = suggested;
    expect(members.map(({ need, samePlace }) => [need.id, samePlace])).toEqual([
      [first.id, true],
      [like.id, false],
      [near.id, true],
    ]);
    expect(members[1]!.percent).toBeGreaterThanOrEqual(20);
    expect(peopleAffected).toBe(60);
    expect(sharedWords).toEqual(expect.arrayContaining(['楼道灯', '维修']));
    expect(sharedWords).not.toContain('希望');
    expect(await inPlace((tx) => bundling.suggest(tx, place.dongjie, AT))).toEqual([]);
  });
});
