import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { localDate } from '../../src/kernel/time.ts';
import type { Tx } from '../../src/platform/database/database.ts';
import type { Need } from '../../src/needs/need/model.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { codeOf, createArea, createPlace, drafted, intent, narrowed, raised, type Place } from './support.ts';

const area = createArea();
const { needs, offers, proposals, lists } = area;
let db: TestDatabase;
let place: Place;

beforeAll(async () => {
  db = await createTestDatabase();
}, 60_000);
afterAll(async () => {
  await db?.drop();
});

const inPlace = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => db.database.within(place.scope, work);
const raise = (changes = {}): Promise<Need> => inPlace((tx) => needs.raise(tx, raised(place.xincheng, changes), intent()));
const triage = (need: Need): Promise<Need> =>
  inPlace((tx) => needs.triage(tx, need.id, need.version, { publicText: '楼道需要加装扶手', category: 'housing' }, intent()));

describe('needs', () => {
  beforeAll(async () => {
    place = await createPlace(db.database, area);
  });

  it('are numbered without gaps, also when they come at once', async () => {
    const before = await raise();
    const numbers = await Promise.all(Array.from({ length: 12 }, async () => (await raise()).number));
    const first = Number(before.number.slice(3));
    expect(numbers.map((number) => Number(number.slice(3))).sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => first + 1 + i));
  });

  it('keep the words and contact sealed, inside the subtree, and note who read them', async () => {
    const raiser = { words: '我家老人上下楼不方便', name: '示例甲', phone: '13800000000', consent: 'oral' as const };
    const need = await raise({ raiserKind: 'staffOnBehalf', raiser, publicText: null });
    expect(await inPlace((tx) => needs.raiserOf(tx, need.id, intent()))).toEqual(raiser);
    const sibling = narrowed(place.scope, '/mengyang/dongjie/');
    expect(await db.database.within(sibling, (tx) => needs.raiserOf(tx, need.id, intent()))).toBeNull();
    expect(await codeOf(db.database.within(sibling, (tx) => needs.get(tx, need.id)))).toBe('NEED_UNKNOWN');
    const admin = new pg.Client({ connectionString: db.adminUrl });
    await admin.connect();
    const stored = await admin.query<{ row: string }>('SELECT encode(words_sealed || name_sealed || phone_sealed, $1) AS row FROM needs_raiser WHERE need_id = $2', ['escape', need.id]);
    const audit = await admin.query<{ action: string }>("SELECT action FROM audit_event WHERE subject = $1 ORDER BY at, action", [`need:${need.id}`]);
    await admin.end();
    expect(stored.rows[0]!.row).not.toContain('13800000000');
    expect(audit.rows.map((row) => row.action)).toEqual(['needs.raised', 'needs.raiserRead']);
  });

  it('are triaged once per version: the second of two editors is told', async () => {
    const need = await raise();
    const triaged = await triage(need);
    expect(triaged).toMatchObject({ state: 'triaged', category: 'housing', version: 2 });
    expect(await codeOf(triage(need))).toBe('NEED_STALE');
    const both = await Promise.all([codeOf(triage(triaged)), codeOf(triage(triaged))]);
    expect(both.sort()).toEqual(['NEED_STALE', 'done']);
  });

  it('refuse personal data in what a person writes for everyone, foreign communities and missing consent', async () => {
    const need = await raise();
    const written = { publicText: '请联系13800000000' };
    expect(await codeOf(inPlace((tx) => needs.triage(tx, need.id, need.version, written, intent())))).toBe('PUBLIC_TEXT_PERSONAL');
    expect(await codeOf(inPlace((tx) => needs.edit(tx, need.id, need.version, { place: '3栋2单元501' }, intent())))).toBe('PUBLIC_TEXT_PERSONAL');
    expect(await codeOf(raise({ communityId: place.unit }))).toBe('COMMUNITY_UNKNOWN');
    const scope = narrowed(place.scope, '/mengyang/dongjie/');
    expect(await codeOf(db.database.within(scope, (tx) => needs.raise(tx, raised(place.xincheng), intent())))).toBe('COMMUNITY_UNKNOWN');
    const raiser = { words: null, name: '示例乙', phone: null, consent: null };
    expect(await codeOf(raise({ raiserKind: 'staffOnBehalf', raiser }))).toBe('CONSENT_MISSING');
  });

  it('merge behind the one they repeat and come back as they were', async () => {
    const kept = await raise();
    const repeat = await triage(await raise());
    const merged = await inPlace((tx) => needs.merge(tx, repeat.id, repeat.version, kept.id, intent()));
    expect(merged).toMatchObject({ state: 'merged', mergedInto: kept.id });
    expect(await codeOf(inPlace((tx) => needs.merge(tx, kept.id, kept.version, kept.id, intent())))).toBe('NEED_MERGE_SELF');
    expect(await codeOf(inPlace((tx) => needs.merge(tx, kept.id, kept.version, repeat.id, intent())))).toBe('NEED_MERGE_TARGET');
    const third = await raise();
    expect(await codeOf(inPlace((tx) => needs.merge(tx, kept.id, kept.version, third.id, intent())))).toBe('NEED_MERGE_CHAIN');
    const back = await inPlace((tx) => needs.unmerge(tx, repeat.id, merged.version, intent()));
    expect(back).toMatchObject({ state: 'triaged', mergedInto: null });
    expect(await codeOf(inPlace((tx) => needs.unmerge(tx, repeat.id, back.version, intent())))).toBe('NEED_NOT_IN_STATE');
    const again = await inPlace((tx) => needs.merge(tx, repeat.id, back.version, kept.id, intent()));
    expect(again.state).toBe('merged');
  });

  it('are triaged in batches with a result for each row', async () => {
    const good = await raise();
    const silent = await raise({ publicText: null, raiser: { words: '原话', name: null, phone: null, consent: null } });
    const rows = [
      { id: good.id, version: good.version, triage: {} },
      { id: silent.id, version: silent.version, triage: { urgency: 'urgent' as const } },
      { id: good.id, version: 1, triage: {} },
      { id: place.unit, version: 1, triage: {} },
    ];
    const results = await inPlace((tx) => needs.triageAll(tx, rows, intent()));
    expect(results.map((row) => row.code)).toEqual([null, 'NEED_PUBLIC_TEXT_MISSING', 'NEED_STALE', 'NEED_UNKNOWN']);
    expect((await inPlace((tx) => needs.get(tx, good.id))).state).toBe('triaged');
  });

  it('page by keyset in both orders without repeating or losing a row', async () => {
    for (const sort of ['raisedAt', 'urgency'] as const) {
      const whole = await inPlace((tx) => needs.page(tx, {}, sort, { after: undefined, limit: 1000 }));
      const walked: string[] = [];
      for (let after: { sort: string | number; id: string } | undefined; ; ) {
        const rows = await inPlace((tx) => needs.page(tx, {}, sort, { after, limit: 4 }));
        walked.push(...rows.slice(0, 4).map((need) => need.id));
        const last = rows[3];
        if (rows.length <= 4 || !last) break;
        after = { sort: sort === 'urgency' ? ['routine', 'soon', 'urgent'].indexOf(last.urgency) + 1 : last.raisedAt, id: last.id };
      }
      expect(walked).toEqual(whole.map((need) => need.id));
    }
  });
});

describe('proposals', () => {
  beforeAll(async () => {
    place = await createPlace(db.database, area);
  });

  it('publish themselves with their needs, which are answered and confirmed in either order', async () => {
    const [first, second, third] = [await triage(await raise()), await triage(await raise()), await triage(await raise())];
    const draft = await inPlace((tx) => proposals.draft(tx, drafted(place.xincheng, [first.id, second.id, third.id]), intent()));
    const ready = await inPlace((tx) => proposals.makeReady(tx, draft.id, draft.version, intent()));
    expect(ready).toMatchObject({ number: 'FA-0001', state: 'ready' });
    expect((await inPlace((tx) => proposals.ready(tx))).map((proposal) => proposal.id)).toEqual([draft.id]);

    const answer = (ids: string[]): Promise<void> => inPlace((tx) => needs.markAnswered(tx, ids, intent()));
    const confirm = (ids: string[]) => inPlace((tx) => needs.confirmSolved(tx, ids, 'community', true, intent()));
    await answer([first.id]);
    expect(await confirm([first.id, second.id])).toEqual([{ id: first.id, code: null }, { id: second.id, code: null }]);
    await answer([second.id, third.id]);
    await answer([first.id, second.id]);
    const states = async (): Promise<string[]> => {
      const found = await inPlace((tx) => needs.byIds(tx, [first.id, second.id, third.id]));
      return [first, second, third].map((need) => found.get(need.id)!.state);
    };
    expect(await states()).toEqual(['closed', 'closed', 'answered']);
    await inPlace((tx) => needs.confirmSolved(tx, [first.id, third.id], 'raiser', true, intent()));
    expect(await states()).toEqual(['closed', 'closed', 'closed']);
    const confirmations = await inPlace((tx) => needs.confirmations(tx, [first.id, second.id, third.id]));
    expect(confirmations.map((row) => row.by).sort()).toEqual(['community', 'community', 'raiser', 'raiser']);
  });

  it('leave no need answered and confirmed but open when both happen at once', async () => {
    const listed = await Promise.all(Array.from({ length: 8 }, async () => triage(await raise())));
    const ids = listed.map((need) => need.id);
    const draft = await inPlace((tx) => proposals.draft(tx, drafted(place.xincheng, ids), intent()));
    await inPlace((tx) => proposals.makeReady(tx, draft.id, draft.version, intent()));
    await Promise.all([
      ...ids.map((id) => inPlace((tx) => needs.markAnswered(tx, [id], intent()))),
      inPlace((tx) => needs.confirmSolved(tx, ids, 'raiser', true, intent())),
      ...[...ids].reverse().map((id) => inPlace((tx) => needs.confirmSolved(tx, [id], 'community', true, intent()))),
    ]);
    const found = await inPlace((tx) => needs.byIds(tx, ids));
    expect([...found.values()].map((need) => need.state)).toEqual(ids.map(() => 'closed'));
  });

  it('refuse needs that are elsewhere, unseen or unknown, and edits of what was shown', async () => {
    const seen = await triage(await raise());
    const fresh = await raise();
    const draft = (ids: string[], changes = {}): Promise<unknown> => inPlace((tx) => proposals.draft(tx, drafted(place.xincheng, ids, changes), intent()));
    expect(await codeOf(draft([fresh.id]))).toBe('NEED_NOT_IN_STATE');
    expect(await codeOf(draft([place.unit]))).toBe('NEED_UNKNOWN');
    expect(await codeOf(draft([seen.id], { communityId: place.dongjie }))).toBe('NEED_ELSEWHERE');
    expect(await codeOf(draft([seen.id], { untilOn: localDate('2026-01-01') }))).toBe('DATES_REVERSED');
    expect(await codeOf(draft([seen.id], { implementerId: place.unit }))).toBe('IMPLEMENTER_UNKNOWN');
    const proposal = await inPlace((tx) => proposals.draft(tx, drafted(place.xincheng, []), intent()));
    const ready = (version: number): Promise<unknown> => inPlace((tx) => proposals.makeReady(tx, proposal.id, version, intent()));
    expect(await codeOf(ready(1))).toBe('PROPOSAL_EMPTY');
    const edited = await inPlace((tx) => proposals.edit(tx, proposal.id, 1, { needIds: [seen.id], implementerId: place.organisation }, intent()));
    expect(edited).toMatchObject({ needIds: [seen.id], implementerId: place.organisation, version: 2 });
    expect(await codeOf(ready(1))).toBe('PROPOSAL_STALE');
    expect(await codeOf(ready(2))).toBe('done');
    expect(await codeOf(inPlace((tx) => proposals.edit(tx, proposal.id, 3, { title: '新名' }, intent())))).toBe('PROPOSAL_NOT_IN_STATE');
    await inPlace((tx) => proposals.markMatched(tx, [proposal.id], intent()));
    expect(await codeOf(ready(4))).toBe('PROPOSAL_NOT_IN_STATE');
    await inPlace((tx) => proposals.release(tx, [proposal.id], intent()));
    expect((await inPlace((tx) => proposals.get(tx, proposal.id))).state).toBe('ready');
  });
});

describe('offers and lists', () => {
  beforeAll(async () => {
    place = await createPlace(db.database, area);
  });

  const content = () => ({
    sourceNumber: null,
    unitId: place.unit,
    categories: ['elderly', 'housing'] as const,
    communityIds: [],
    description: '每月一次上门维修',
    capacity: 2,
    fundsFen: 5_000_000 as never,
    hours: 120,
    fromOn: localDate('2025-09-01'),
    untilOn: localDate('2026-12-31'),
  });

  it('are written by the unit or by staff of its communities, and by nobody else', async () => {
    const as = (path: string): Promise<string> => codeOf(db.database.within(narrowed(place.scope, path), (tx) => offers.register(tx, content(), intent())));
    expect(await as('/units/gj01/')).toBe('done');
    expect(await as('/mengyang/xincheng/')).toBe('done');
    expect(await as('/mengyang/dongjie/')).toBe('UNIT_UNKNOWN');
    expect(await as('/units/gj02/')).toBe('UNIT_UNKNOWN');
  });

  it('change by version and refuse reversed dates', async () => {
    const offer = await inPlace((tx) => offers.register(tx, content(), intent()));
    const edit = (version: number, changes: object): Promise<unknown> => inPlace((tx) => offers.edit(tx, offer.id, version, changes, intent()));
    expect(await edit(1, { categories: ['care'], communityIds: [place.xincheng], untilOn: null })).toMatchObject({ categories: ['care'], communityIds: [place.xincheng], untilOn: null, version: 2 });
    expect(await codeOf(edit(1, { hours: 1 }))).toBe('OFFER_STALE');
    expect(await codeOf(edit(2, { untilOn: '2025-08-31' }))).toBe('DATES_REVERSED');
    expect(await edit(2, { state: 'withdrawn' })).toMatchObject({ state: 'withdrawn' });
  });

  it('give one community its three lists', async () => {
    const listed = await triage(await raise());
    await raise();
    const draft = await inPlace((tx) => proposals.draft(tx, drafted(place.xincheng, [listed.id]), intent()));
    await inPlace((tx) => proposals.makeReady(tx, draft.id, draft.version, intent()));
    const three = await inPlace((tx) => lists.ofCommunity(tx, place.xincheng, localDate('2026-01-05')));
    expect(three.needs.map((need) => need.id)).toEqual([listed.id]);
    expect(three.resources.map((offer) => offer.number)).toEqual(['ZY-0001', 'ZY-0002']);
    expect(three.projects.map((proposal) => proposal.id)).toEqual([draft.id]);
    const other = await inPlace((tx) => lists.ofCommunity(tx, place.dongjie, localDate('2026-01-05')));
    expect(other).toEqual({ needs: [], resources: [], projects: [] });
  });
});
