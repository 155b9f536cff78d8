import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Tx } from '../../src/platform/database/database.ts';
import type { Need } from '../../src/needs/need/model.ts';
import { WordFiller } from '../../src/needs/search/jobs.ts';
import { SearchWords } from '../../src/needs/search/service.ts';
import { NeedsWords } from '../../src/needs/search/store.ts';
import { createLog } from '../../src/platform/logging.ts';
import { localDate } from '../../src/kernel/time.ts';
import type { Fen } from '../../src/kernel/money.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { AT, codeOf, createArea, createPlace, intent, narrowed, raised, type Place } from './support.ts';

const area = createArea();
const { needs, offers } = area;
let db: TestDatabase;
let place: Place;
let other: Place;

const inPlace = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => db.database.within(place.scope, work);
const whole = { after: undefined, limit: 50 };
const find = async (text: string, filter = {}, scope = place.scope): Promise<string[]> => {
  const found = await db.database.within(scope, (tx) => needs.search(tx, text, filter, whole));
  return found.map(({ row }) => row.publicText ?? '');
};

const THINGS = ['楼道灯', '健身器材', '下水道', '停车位', '垃圾房', '绿化带', '门禁', '坡道', '晾衣架', '充电桩'];
const FAULTS = ['坏了', '不够', '太旧', '堵塞', '生锈', '漏水', '没有人管', '占了消防通道'];

beforeAll(async () => {
  db = await createTestDatabase();
  place = await createPlace(db.database, area);
  other = await createPlace(db.database, area);
  for (const { scope, xincheng, dongjie } of [place, other]) {
    const rows = Array.from({ length: 1500 }, (_, at) => ({
      ...raised(at % 2 === 0 ? xincheng : dongjie, { publicText: `第${at}处${THINGS[at % 10]}${FAULTS[at % 8]}`, place: null }),
      id: randomUUID(),
      orgPath: narrowed(scope, at % 2 === 0 ? '/mengyang/xincheng/' : '/mengyang/dongjie/').orgPath,
    }));
    await db.database.within(scope, async (tx) => {
      for (let from = 0; from < rows.length; from += 500) await needs.insertAll(tx, rows.slice(from, from + 500), AT);
      await needs.raise(tx, raised(xincheng, { publicText: '老旧小区加装电梯，独居老人下楼难', place: '银杏苑' }), intent());
      await needs.raise(tx, raised(xincheng, { publicText: '电梯检修时间太长' }), intent());
    });
  }
}, 60_000);
afterAll(async () => {
  await db?.drop();
});

describe('words of the field', () => {
  const words = new SearchWords();

  it('are cut the same way wherever they stand, width and case levelled, without filling words', () => {
    expect(words.of('坝坝会反映的飞线充电问题')).toEqual(expect.arrayContaining(['坝坝会', '飞线充电', '问题']));
    expect(words.of('坝坝会反映的飞线充电问题')).not.toContain('的');
    for (const sentence of ['独居老人需要助餐', '希望照顾独居老人', '社区独居老人多']) expect(words.of(sentence)).toContain('独居老人');
    expect(words.of('ＷｉＦｉ信号差', null)).toContain('wifi');
  });
});

describe('records from before there was a search', () => {
  it('are given their words, in every tenant, once', async () => {
    const { scope, xincheng } = place;
    const wordless = Array.from({ length: 450 }, (_, at) => ({ ...raised(xincheng, { publicText: `第${at}盏葡萄架下的灯` }), id: randomUUID(), orgPath: scope.orgPath }));
    await inPlace(async (tx) => {
      await needs.insertAll(tx, wordless, AT);
      await tx.query("UPDATE needs_need SET words = '{}' WHERE tenant_id = $1 AND id = ANY($2::uuid[])", [scope.tenant, wordless.map(({ id }) => id)]);
      const signs = await needs.raise(tx, raised(xincheng, { publicText: '……', place: null }), intent());
      expect(signs.publicText).toBe('……');
    });
    expect(await find('葡萄架')).toEqual([]);
    const filler = new WordFiller(db.database, new SearchWords(), new NeedsWords().sources, createLog('silent'));
    expect(await filler.fill()).toBe(450);
    expect((await find('葡萄架')).length).toBeGreaterThanOrEqual(50);
    expect(await filler.fill()).toBe(0);
  });
});

describe('the search over needs and offers', () => {
  it('finds what meets the question best first, in the text and in the place', async () => {
    expect(await find('独居老人加装电梯')).toEqual(['老旧小区加装电梯，独居老人下楼难']);
    expect((await find('电梯')).sort()).toEqual(['电梯检修时间太长', '老旧小区加装电梯，独居老人下楼难'].sort());
    expect(await find('银杏苑')).toEqual(['老旧小区加装电梯，独居老人下楼难']);
    expect((await find('楼道灯坏了'))[0]).toMatch(/楼道灯坏了$/);
    expect(await find('游泳池')).toEqual([]);
    expect(await codeOf(find('，的。'))).toBe('SEARCH_EMPTY');
  });

  it('stays inside the tenant, the subtree and the filters', async () => {
    const dongjie = narrowed(place.scope, '/mengyang/dongjie/');
    expect(await find('电梯', {}, dongjie)).toEqual([]);
    expect(await find('电梯', { category: 'care' })).toEqual([]);
    const mine = await db.database.within(dongjie, (tx) => needs.search(tx, '健身器材', {}, whole));
    expect(mine.every(({ row }) => row.communityId === place.dongjie)).toBe(true);
    expect(mine).toHaveLength(51);
  });

  it('pages without repeating or losing a row, and follows edits', async () => {
    const all = await inPlace((tx) => needs.search(tx, '门禁生锈', {}, { after: undefined, limit: 1000 }));
    const walked: string[] = [];
    for (let after: { sort: number; id: string } | undefined; ; ) {
      const rows = await inPlace((tx) => needs.search(tx, '门禁生锈', {}, { after, limit: 40 }));
      walked.push(...rows.slice(0, 40).map(({ row }) => row.id));
      const last = rows[39];
      if (rows.length <= 40 || !last) break;
      after = { sort: last.score, id: last.row.id };
    }
    expect(walked).toEqual(all.map(({ row }) => row.id));
    expect(all.length).toBeGreaterThan(100);
    const [need] = (await inPlace((tx) => needs.search(tx, '电梯检修', {}, whole))).map(({ row }) => row) as [Need];
    await inPlace((tx) => needs.edit(tx, need.id, need.version, { publicText: '水压不稳' }, intent()));
    expect(await find('检修')).toEqual([]);
    expect(await find('水压')).toEqual(['水压不稳']);
  });

  it('finds offers by what they say now', async () => {
    const content = { sourceNumber: null, unitId: place.unit, categories: ['medical' as const], communityIds: [], description: '每月义诊一次', capacity: 1, fundsFen: 0 as Fen, hours: 10, fromOn: localDate('2026-01-01'), untilOn: null };
    const offer = await inPlace((tx) => offers.register(tx, content, intent()));
    const asked = async (text: string): Promise<string[]> => (await inPlace((tx) => offers.search(tx, text, { state: 'open' }, whole))).map(({ row }) => row.id);
    expect(await asked('义诊')).toEqual([offer.id]);
    await inPlace((tx) => offers.edit(tx, offer.id, offer.version, { description: '法律咨询' }, intent()));
    expect([await asked('义诊'), await asked('法律')]).toEqual([[], [offer.id]]);
  });

  it('is looked up in the index of words', async () => {
    const client = new pg.Client({ connectionString: db.adminUrl });
    await client.connect();
    try {
      await client.query('VACUUM ANALYZE');
      await client.query(`SET app.tenant = '${place.scope.tenant}'`);
      const doors = await client.query<{ body: string }>("SELECT prosrc AS body FROM pg_proc WHERE proname LIKE 'door_%s_found' ORDER BY proname");
      const [body, ...others] = doors.rows.map((row) => row.body.replace(/\s+/g, ' '));
      await client.query(`PREPARE found (text[], integer[], integer) AS ${body}`);
      const plan = await client.query<Record<string, string>>("EXPLAIN EXECUTE found ('{电梯,加装}', '{2,2}', 2)");
      expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('Bitmap Index Scan on needs_need_words');
      expect(others).toEqual(['needs_offer', 'project'].map((table) => body!.replace('needs_need', table)));
    } finally {
      await client.end();
    }
  });
});
