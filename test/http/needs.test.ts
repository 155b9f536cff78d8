import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { exported } from '../support/exports.ts';
import type { Answer, HttpClient } from '../support/http.ts';
import { Staff } from '../support/staff.ts';
import { foundStreetOffice } from '../support/street-office.ts';

let db: TestDatabase;
let api: TestApi;
let office: Staff;
let manager: HttpClient;
let worker: HttpClient;
let neighbour: HttpClient;
let unit: HttpClient;
let resident: HttpClient;
let leader: HttpClient;
let units: ReadonlyMap<string, string>;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  ({ staff: office, units } = await foundStreetOffice(api));
  manager = (await office.member('manager', '/mengyang/')).client;
  worker = (await office.member('communityWorker', '/mengyang/xincheng/')).client;
  neighbour = (await office.member('communityWorker', '/mengyang/dongjie/')).client;
  resident = (await office.member('resident', '/mengyang/xincheng/')).client;
  leader = (await office.member('leader', '/')).client;
  unit = (await office.member('unit', '/units/gj01/')).client;
}, 60_000);
afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

const need = (changes: object = {}): object => ({
  communityId: units.get('xincheng'),
  category: 'elderly',
  publicText: '楼道需要加装扶手',
  ...changes,
});
const versioned = (answer: Answer): Record<string, string> => ({ 'if-match': answer.headers.get('etag') ?? '' });

describe('a need', () => {
  it('is raised once per key, and the answer is repeated', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = await worker.post('/api/v1/needs', need(), key);
    const again = await worker.post('/api/v1/needs', need(), key);
    expect(first.status).toBe(201);
    expect(first.headers.get('etag')).toBe('"1"');
    expect(again.body).toEqual(first.body);
    const other = await worker.post('/api/v1/needs', need({ category: 'care' }), key);
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('shows its words and masked contact to the staff of its community alone', async () => {
    const raiser = { words: '我家老人上下楼不方便', name: '示例甲', phone: '13800001234', consent: 'oral' };
    const raised = await worker.post('/api/v1/needs', need({ publicText: undefined, raiserKind: 'staffOnBehalf', raiser }));
    expect(raised.status).toBe(201);
    const path = `/api/v1/needs/${raised.body.id}`;
    expect((await worker.get(path)).body.raiser).toEqual({ words: raiser.words, name: '示＊＊', phone: '138****1234', consent: 'oral' });
    expect((await neighbour.get(path)).status).toBe(404);
    expect((await unit.get(path)).status).toBe(403);
    expect((await resident.get(path)).status).toBe(403);
    const lists = await unit.get('/api/v1/lists/needs');
    expect(JSON.stringify(lists.body)).not.toContain(raised.body.id);
  });

  it('is edited by who has seen its last version', async () => {
    const raised = await worker.post('/api/v1/needs', need());
    const path = `/api/v1/needs/${raised.body.id}`;
    expect((await worker.send('PATCH', path, { urgency: 'urgent' })).status).toBe(428);
    const edited = await worker.send('PATCH', path, { urgency: 'urgent' }, versioned(raised));
    expect([edited.status, edited.body.urgency, edited.headers.get('etag')]).toEqual([200, 'urgent', '"2"']);
    const stale = await worker.send('PATCH', path, { urgency: 'soon' }, versioned(raised));
    expect([stale.status, stale.body.code]).toEqual([412, 'NEED_STALE']);
    const triaged = await worker.post(`${path}/triage`, { publicText: '楼道照明' }, versioned(edited));
    expect([triaged.status, triaged.body.state]).toEqual([200, 'triaged']);
    const foreign = await neighbour.post(`${path}/triage`, { publicText: '楼道照明' }, versioned(triaged));
    expect([foreign.status, foreign.body.code]).toEqual([404, 'NEED_UNKNOWN']);
  });

  it('refuses bad input with a code and the place', async () => {
    const cases: [object, number, string][] = [
      [need({ communityId: units.get('dongjie') }), 404, 'COMMUNITY_UNKNOWN'],
      [need({ communityId: randomUUID() }), 404, 'COMMUNITY_UNKNOWN'],
      [need({ publicText: undefined }), 400, 'REQUEST_INVALID'],
      [need({ surprise: 1 }), 400, 'REQUEST_INVALID'],
      [need({ peopleAffected: 0 }), 400, 'REQUEST_INVALID'],
      [need({ raiserKind: 'staffOnBehalf', raiser: { name: '示例乙' } }), 422, 'CONSENT_MISSING'],
    ];
    for (const [body, status, code] of cases) {
      const answer = await worker.post('/api/v1/needs', body);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
    const onBehalf = await resident.post('/api/v1/needs', need({ raiserKind: 'staffOnBehalf' }));
    expect([onBehalf.status, onBehalf.body.code]).toEqual([403, 'FORBIDDEN']);
  });

  it('is merged and comes back', async () => {
    const kept = await worker.post('/api/v1/needs', need());
    const repeat = await worker.post('/api/v1/needs', need());
    const merged = await worker.post(`/api/v1/needs/${repeat.body.id}/merge`, { into: kept.body.id }, versioned(repeat));
    expect([merged.status, merged.body.state, merged.body.mergedInto]).toEqual([200, 'merged', kept.body.id]);
    const back = await worker.post(`/api/v1/needs/${repeat.body.id}/unmerge`, undefined, versioned(merged));
    expect([back.status, back.body.state, back.body.mergedInto]).toEqual([200, 'raised', null]);
  });
});

describe('from needs to a published proposal', () => {
  it('goes through triage, bundling, publication and confirmation', async () => {
    const own = await resident.post('/api/v1/needs', need());
    const staffed = await worker.post('/api/v1/needs', need());
    const ids = [own.body.id, staffed.body.id] as string[];
    const batch = await worker.post('/api/v1/needs/triage', { needs: ids.map((id) => ({ id, version: 1 })) });
    expect(batch.body.results).toEqual(ids.map((id) => ({ id, code: null })));

    const proposal = {
      communityId: units.get('xincheng'),
      title: '楼道扶手加装',
      description: '为老旧楼栋加装扶手',
      category: 'elderly',
      budgetFen: 3_500_000,
      fromOn: '2026-02-01',
      untilOn: '2026-09-30',
      needIds: ids,
    };
    const draft = await worker.post('/api/v1/proposals', proposal);
    expect([draft.status, draft.body.capability, draft.body.state]).toEqual([201, 'elderly', 'draft']);
    expect((await worker.post(`/api/v1/proposals/${draft.body.id}/ready`, undefined, versioned(draft))).status).toBe(403);
    const edited = await worker.send('PATCH', `/api/v1/proposals/${draft.body.id}`, { budgetFen: 4_000_000 }, versioned(draft));
    expect([edited.status, edited.body.budgetFen]).toEqual([200, 4_000_000]);
    const ready = await manager.post(`/api/v1/proposals/${draft.body.id}/ready`, undefined, versioned(edited));
    expect([ready.status, ready.body.state]).toEqual([200, 'ready']);
    const again = await manager.post(`/api/v1/proposals/${draft.body.id}/ready`, undefined, versioned(ready));
    expect([again.status, again.body.code]).toEqual([409, 'PROPOSAL_NOT_IN_STATE']);

    const listed = await unit.get('/api/v1/lists/needs?sort=urgency');
    expect(listed.body.items.map((it: { id: string }) => it.id)).toEqual(expect.arrayContaining(ids));
    expect((await unit.get('/api/v1/lists/projects')).body.items.map((it: { id: string }) => it.id)).toContain(draft.body.id);

    const file = await exported(unit, 'lists/projects');
    expect(file.lines.join('\n')).toContain('楼道扶手加装,新城社区,一老,一老,40000.00,0,2026-02-01,2026-09-30');
    await expect(exported(resident, 'lists/resources')).rejects.toThrow('403');

    expect((await resident.post('/api/v1/needs/confirm-solved', { by: 'community', ids })).status).toBe(403);
    const mine = await resident.post('/api/v1/needs/confirm-solved', { by: 'raiser', ids });
    expect(mine.body.results).toEqual([{ id: ids[0], code: null }, { id: ids[1], code: 'NEED_UNKNOWN' }]);
    const confirmed = await worker.post(`/api/v1/needs/${ids[1]}/confirm-solved`, { by: 'community' });
    expect([confirmed.status, confirmed.body.state]).toEqual([200, 'listed']);
  });
});

describe('triage', () => {
  const text = '三单元楼道感应灯不亮，晚上上下楼看不清';

  it('is shown duplicates, merges and splits them, and dismisses what is not the same', async () => {
    const [kept, repeat, other] = [
      await worker.post('/api/v1/needs', need({ publicText: text, category: 'housing' })),
      await worker.post('/api/v1/needs', need({ publicText: `${text}！`, category: 'housing' })),
      await worker.post('/api/v1/needs', need({ publicText: `${text}。`, category: 'housing' })),
    ];
    const found = await worker.get('/api/v1/needs/duplicates');
    const cluster = found.body.items.find((it: { oldest: { id: string } }) => it.oldest.id === kept.body.id);
    expect(cluster.repeats.map((it: { need: { id: string }; percent: number }) => [it.need.id, it.percent])).toEqual([
      [repeat.body.id, 100],
      [other.body.id, 100],
    ]);
    expect((await neighbour.get('/api/v1/needs/duplicates')).body.items).toEqual([]);
    expect((await unit.get('/api/v1/needs/duplicates')).status).toBe(403);
    const pair = (one: Answer, another: Answer): object => ({ one: one.body.id, other: another.body.id });
    const pairs = [pair(other, kept), pair(repeat, other)];
    expect((await worker.post('/api/v1/needs/duplicates/dismiss', { pairs })).body).toEqual({ dismissed: 2 });
    const merge = { into: kept.body.id, needs: [{ id: repeat.body.id, version: 1 }, { id: other.body.id, version: 7 }] };
    expect((await worker.post('/api/v1/needs/duplicates/merge', merge)).body.results).toEqual([
      { id: repeat.body.id, code: null },
      { id: other.body.id, code: 'NEED_STALE' },
    ]);
    const detail = await worker.get(`/api/v1/needs/${kept.body.id}`);
    expect([detail.body.raisers, detail.body.repeats[0].number]).toEqual([2, repeat.body.number]);
    const follower = await worker.get(`/api/v1/needs/${repeat.body.id}`);
    expect(follower.body.follows).toEqual({ id: kept.body.id, number: kept.body.number, state: 'raised' });
    await worker.post(`/api/v1/needs/${repeat.body.id}/unmerge`, undefined, versioned(follower));
    const after = await worker.get(`/api/v1/needs/${repeat.body.id}`);
    expect([after.body.state, after.body.follows, after.body.merges[0].undoneAt === null]).toEqual(['raised', null, false]);
  });

  it('masks numbers of persons, keeps them sealed, and is told to look', async () => {
    const raised = await worker.post('/api/v1/needs', need({ publicText: '门口车位被占，车牌川A·8K2Z1，电话13800001234' }));
    expect([raised.status, raised.body.publicText, raised.body.needsLook]).toEqual([201, '门口车位被占，车牌＊＊＊，电话＊＊＊', true]);
    const marked = await worker.get('/api/v1/needs?needsLook=true');
    expect(marked.body.items.map((it: { id: string }) => it.id)).toEqual([raised.body.id]);
    const path = `/api/v1/needs/${raised.body.id}`;
    expect((await worker.get(path)).body.raiser.words).toContain('13800001234');
    const again = await worker.send('PATCH', path, { publicText: '请打13800001234' }, versioned(raised));
    expect([again.status, again.body.code]).toEqual([422, 'PUBLIC_TEXT_PERSONAL']);
  });

  it('is suggested bundles, and finds needs and offers by their words', async () => {
    const ids = [];
    for (const place of ['银杏苑', '桂花苑']) {
      const raised = await neighbour.post('/api/v1/needs', need({ communityId: units.get('dongjie'), category: 'mobility', place, publicText: `${place}门口缺少无障碍坡道` }));
      ids.push(raised.body.id);
    }
    await neighbour.post('/api/v1/needs/triage', { needs: ids.map((id) => ({ id, version: 1 })) });
    const { body } = await neighbour.get(`/api/v1/needs/bundles?communityId=${units.get('dongjie')}`);
    expect(body.items.map((it: { needs: { id: string }[]; sharedWords: string[] }) => [it.needs.map(({ id }) => id), it.sharedWords])).toEqual([
      [ids, expect.arrayContaining(['坡道', '无障碍'])],
    ]);
    const found = await neighbour.get(`/api/v1/needs?search=${encodeURIComponent('无障碍坡道')}&limit=1`);
    expect(found.body.items).toHaveLength(1);
    const rest = await neighbour.get(`/api/v1/needs?search=${encodeURIComponent('无障碍坡道')}&limit=1&cursor=${encodeURIComponent(found.body.next)}`);
    expect([...found.body.items, ...rest.body.items].map((it: { id: string }) => it.id).sort()).toEqual([...ids].sort());
    const silent = await neighbour.get(`/api/v1/needs?search=${encodeURIComponent('的。')}`);
    expect([silent.status, silent.body.code]).toEqual([400, 'SEARCH_EMPTY']);
    expect((await unit.get(`/api/v1/offers?search=${encodeURIComponent('义诊')}`)).body.items).toEqual([]);
    expect((await manager.get(`/api/v1/projects?search=${encodeURIComponent('坡道')}`)).body.items).toEqual([]);
  });
});

describe('the three lists', () => {
  it('are frozen once a quarter, told apart from the last, verified and exported', async () => {
    const communityId = units.get('dongjie');
    const publish = async (publicText: string): Promise<void> => {
      const raised = await neighbour.post('/api/v1/needs', need({ communityId, publicText, category: 'culture' }));
      await neighbour.post('/api/v1/needs/triage', { needs: [{ id: raised.body.id, version: 1 }] });
      const proposal = { communityId, title: publicText, description: publicText, category: 'culture', budgetFen: 100_000, fromOn: '2026-02-01', untilOn: '2026-09-30', needIds: [raised.body.id] };
      const draft = await neighbour.post('/api/v1/proposals', proposal);
      expect((await manager.post(`/api/v1/proposals/${draft.body.id}/ready`, undefined, versioned(draft))).status).toBe(200);
    };
    const now = new Date(Date.now() + 8 * 3_600_000);
    const index = now.getUTCFullYear() * 4 + Math.floor(now.getUTCMonth() / 3);
    const [running, coming, later] = [0, 1, 2].map((ahead) => `${Math.floor((index + ahead) / 4)}Q${((index + ahead) % 4) + 1}`);
    await publish('阅览室开放时间短');
    const frozen = await manager.post('/api/v1/list-snapshots', { communityId, quarter: running });
    expect([frozen.status, frozen.body.items.map((it: { list: string }) => it.list)]).toEqual([201, ['needs', 'projects', 'resources']]);
    const twice = await manager.post('/api/v1/list-snapshots', { communityId, quarter: running });
    expect([twice.status, twice.body.code]).toEqual([409, 'LISTS_FROZEN']);
    expect((await manager.post('/api/v1/list-snapshots', { communityId, quarter: later })).body.code).toBe('QUARTER_NOT_NEAR');
    expect((await unit.post('/api/v1/list-snapshots', { communityId, quarter: coming })).status).toBe(403);
    await publish('文化活动室漏雨');
    await manager.post('/api/v1/list-snapshots', { communityId, quarter: coming });

    const at = (quarter: string | undefined, rest = ''): string => `/api/v1/list-snapshots/${communityId}/${quarter}/needs${rest}`;
    const first = await unit.get(at(running));
    expect(first.body).toMatchObject({ intact: true, hash: frozen.body.items[0].hash, list: 'needs' });
    expect(first.body.rows).toHaveLength(1);
    const difference = await unit.get(at(coming, '/difference'));
    expect([difference.body.since, difference.body.added.map((row: { need: string }) => row.need), difference.body.gone]).toEqual([running, ['文化活动室漏雨'], []]);
    const file = await unit.get(at(coming, '/file?format=csv&of=difference'));
    expect(file.body).toContain('新增');
    expect(String((await unit.get(at(coming, '/file?format=csv'))).body)).toContain('东街社区（示例）');
    expect((await unit.get(at(coming, '/file'))).headers.get('content-type')).toContain('spreadsheetml');
    expect((await unit.get(at('2020Q1'))).body.code).toBe('LIST_SNAPSHOT_UNKNOWN');
    expect((await unit.get(`/api/v1/list-snapshots?communityId=${communityId}`)).body.items).toHaveLength(6);
  });
});

describe('offers', () => {
  it('are registered by the unit or for it, edited by version, and listed', async () => {
    const offer = { unitId: units.get('gj01'), categories: ['housing'], description: '上门维修', fundsFen: 2_000_000, fromOn: '2025-09-01' };
    const own = await unit.post('/api/v1/offers', offer);
    expect([own.status, own.body.capacity, own.body.untilOn]).toEqual([201, 1, null]);
    expect((await manager.post('/api/v1/offers', offer)).status).toBe(201);
    expect((await worker.post('/api/v1/offers', offer)).status).toBe(403);
    const path = `/api/v1/offers/${own.body.id}`;
    const reversed = await unit.send('PATCH', path, { untilOn: '2025-08-01' }, versioned(own));
    expect([reversed.status, reversed.body.code]).toEqual([422, 'DATES_REVERSED']);
    const withdrawn = await unit.send('PATCH', path, { state: 'withdrawn' }, versioned(own));
    expect([withdrawn.status, withdrawn.body.state]).toEqual([200, 'withdrawn']);
    const list = await leader.get('/api/v1/lists/resources?sort=fundsFen');
    expect(list.body.items.map((it: { id: string }) => it.id)).not.toContain(own.body.id);
    expect((await unit.get(path)).body.state).toBe('withdrawn');
  });
});

describe('pages', () => {
  it('follow one another by cursor, and refuse a cursor of another list', async () => {
    for (let count = 0; count < 5; count += 1) await neighbour.post('/api/v1/needs', need({ communityId: units.get('dongjie'), category: 'other' }));
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page: Answer = await neighbour.get(`/api/v1/needs?category=other&limit=2${next && `&cursor=${encodeURIComponent(next)}`}`);
      seen.push(...page.body.items.map((it: { number: string }) => it.number));
      next = page.body.next;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(5);
    const { body } = await neighbour.get('/api/v1/needs?limit=2');
    const foreign = await neighbour.get(`/api/v1/needs?limit=2&sort=urgency&cursor=${encodeURIComponent(body.next)}`);
    expect([foreign.status, foreign.body.code]).toEqual([400, 'CURSOR_INVALID']);
  });

  it('hold nothing of another tenant', async () => {
    const other = await Staff.of(api);
    const stranger = (await other.member('manager', '/')).client;
    expect((await stranger.get('/api/v1/needs')).body.items).toEqual([]);
    expect((await stranger.get('/api/v1/lists/resources')).body.items).toEqual([]);
    const mine = await worker.post('/api/v1/needs', need());
    expect((await stranger.get(`/api/v1/needs/${mine.body.id}`)).status).toBe(404);
  });
});
