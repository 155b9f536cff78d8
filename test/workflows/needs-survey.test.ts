import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { TenantStore } from '../../src/accounts/store.ts';
import { UnitStore } from '../../src/accounts/units/store.ts';
import { ADVANCE_UPDATE, COMMAND_UPDATE, workflowIdOf, type Answer } from '../../src/cases/messages.ts';
import { tenantId, tenantScope, type ActorId, type OrgPath } from '../../src/kernel/scope.ts';
import { localDate, shanghaiInstant, type Instant } from '../../src/kernel/time.ts';
import { IntakeStore } from '../../src/needs/intake/store.ts';
import { surveyCaseId, SURVEY_WORKFLOW } from '../../src/needs/survey/messages.ts';
import type { SurveyCommand } from '../../src/needs/survey/lifecycle/model.ts';
import { SurveyStore } from '../../src/needs/survey/store.ts';
import type { Tx } from '../../src/platform/database/database.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { record } from '../support/histories.ts';
import { isRecording } from '../support/history-keys.ts';
import { pinnedDefault } from '../support/policies.ts';

const tenant = tenantId('survey-tests');
const day = (date: string, hour = 0): Instant => shanghaiInstant(localDate(date), hour);
const start = day('2026-03-02', 9);
const opensAt = day('2026-03-09');
const closesAt = day('2026-03-24');
const actor = 'person-1' as ActorId;
const orgPath = '/office/' as OrgPath;
const [busy, quiet] = [randomUUID(), randomUUID()] as const;
const surveys = new SurveyStore();
const intake = new IntakeStore();

let db: TestDatabase;
let engine: TestEngine;
let surveyId: string;
/** The one whose whole life is kept for replay. */
let lived: string;

const within = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => db.database.within(tenantScope(tenant), work);

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db);
  await within(async (tx) => {
    await new TenantStore().insert(tx, '示例区', start);
    await new UnitStore().insert(tx, [
      { id: busy, kind: 'community', code: 'c1', name: '示例社区', orgPath: '/office/c1/' as OrgPath },
      { id: quiet, kind: 'community', code: 'c2', name: '示例二社区', orgPath: '/office/c2/' as OrgPath },
    ]);
  });
}, 60_000);

afterAll(async () => {
  if (isRecording) await record(engine.client, 'needs-survey', workflowIdOf(tenant, surveyCaseId(lived)));
  await engine?.stop();
  await db?.drop();
});

const release = { opensAt, closesAt, communityIds: [busy, quiet], contentHash: 'hash' };
const content = { title: '示例摸底', intro: null, questions: [], channels: ['staff'] as const, targetPerArea: 2 };

async function open(): Promise<void> {
  surveyId = randomUUID();
  const code = surveyId.slice(0, 8);
  await within((tx) => surveys.insert(tx, { ...content, ...release, id: surveyId, orgPath, code, policyVersion: 1, createdAt: start }));
  const command: SurveyCommand = { id: `open-${surveyId}`, type: 'open', actor, at: start, surveyId, orgPath, policy: pinnedDefault('survey') };
  const caseId = surveyCaseId(surveyId);
  const input = { tenant, caseId, open: command, clock: { mode: 'virtual', now: start } };
  await engine.gateway.open<Answer>({ type: SURVEY_WORKFLOW, workflowId: workflowIdOf(tenant, caseId), input }, COMMAND_UPDATE, command.id, command);
}

const send = (name: string, id: string, payload: unknown): Promise<Answer> =>
  engine.gateway.update<Answer>(workflowIdOf(tenant, surveyCaseId(surveyId)), name, id, payload);
const ask = (command: object, at: Instant): Promise<Answer> => {
  const id = randomUUID();
  return send(COMMAND_UPDATE, id, { ...command, id, actor, at });
};
const advance = (to: Instant): Promise<Answer> => send(ADVANCE_UPDATE, randomUUID(), to);
const row = () => within((tx) => surveys.byId(tx, surveyId));
const waits = () =>
  within((tx) => tx.query('SELECT owner_role AS role, owner_org_unit AS unit, due FROM open_wait WHERE case_id = $1 ORDER BY name', [surveyCaseId(surveyId)]));
const told = () =>
  within((tx) =>
    tx.query<{ text: string; recipient: string; params: object }>(
      'SELECT text_key AS text, recipient, params FROM notifications_message WHERE case_id = $1 ORDER BY at, text_key, recipient',
      [surveyCaseId(surveyId)],
    ),
  );

/** An answer that nobody doubts, or that waits for a person. */
const answer = (communityId: string, state: 'accepted' | 'doubtful', at: Instant): Promise<string> =>
  within(async (tx) => {
    const id = randomUUID();
    await intake.insert(tx, {
      id,
      orgPath: `/office/${communityId === busy ? 'c1' : 'c2'}/` as OrgPath,
      communityId,
      surveyId,
      channel: 'staff',
      state,
      doubts: [],
      answers: { q: 'yes' },
      category: null,
      onBehalf: true,
      submittedAt: at,
      receivedAt: at,
      subjectId: randomUUID(),
      sealed: Buffer.from('sealed'),
      ticketId: null,
      networkIndex: null,
      followUpHash: null,
    });
    return id;
  });

const WAITERS = "SELECT count(*) AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

describe('a needs survey', () => {
  it('lives from its draft to its end: opening, reminders, closing, triage and lists', async () => {
    await open();
    lived = surveyId;
    expect(await row()).toMatchObject({ status: 'draft', released: false });
    expect(await waits()).toEqual([{ role: 'manager', unit: null, due: null }]);
    await ask({ type: 'release', ...release }, start);
    expect(await waits()).toEqual([{ role: 'system', unit: null, due: opensAt }]);
    await advance(opensAt);
    expect(await row()).toMatchObject({ status: 'collecting', released: true });
    expect(await waits()).toEqual(
      expect.arrayContaining([
        { role: 'system', unit: null, due: closesAt },
        { role: 'communityWorker', unit: busy, due: closesAt },
        { role: 'communityWorker', unit: quiet, due: closesAt },
      ]),
    );

    for (const state of ['accepted', 'accepted', 'doubtful'] as const) await answer(busy, state, opensAt);
    expect(await within((tx) => surveys.progress(tx, surveyId))).toEqual([
      { communityId: busy, answers: 2, doubtful: 1, needs: 0, untriaged: 0 },
      { communityId: quiet, answers: 0, doubtful: 0, needs: 0, untriaged: 0 },
    ]);
    await advance(day('2026-03-16', 9));
    const reminded = (await told()).filter(({ text }) => text.endsWith('workersReminded'));
    expect(reminded).toEqual([{ text: 'needs.survey.told.workersReminded', recipient: `role:communityWorker@${quiet}`, params: { answers: 0, target: 2, closesAt } }]);

    await advance(closesAt);
    expect(await row()).toMatchObject({ status: 'triage', closesAt, due: day('2026-04-09') });
    await expect(ask({ type: 'list' }, closesAt)).rejects.toMatchObject({ code: 'SURVEY_UNSETTLED', params: { doubtful: 1, untriaged: 0 } });
    await within((tx) => tx.query("UPDATE needs_submission SET state = 'rejected' WHERE state = 'doubtful' AND survey_id = $1 RETURNING id", [surveyId]));
    await ask({ type: 'list' }, day('2026-04-01'));
    expect(await row()).toMatchObject({ status: 'listed' });
    await advance(day('2026-06-01'));
    expect(await row()).toMatchObject({ status: 'closed', due: null });
    expect(await waits()).toEqual([]);
  });

  it('that is released takes its content as it stands, or not at all', async () => {
    await open();
    const { version } = (await row())!;
    await within((tx) => surveys.edit(tx, surveyId, version, { ...content, ...release, title: '改过的标题' }, 'other'));
    await expect(ask({ type: 'release', ...release }, start)).rejects.toMatchObject({ code: 'SURVEY_STALE' });
    await ask({ type: 'release', ...release, contentHash: 'other' }, start);
    expect(await within((tx) => surveys.edit(tx, surveyId, version + 2, { ...content, ...release }, 'hash'))).toBeUndefined();
    await advance(opensAt);
    await ask({ type: 'endCollecting' }, day('2026-03-12'));
    expect(await row()).toMatchObject({ status: 'triage', closesAt: day('2026-03-12') });
    await ask({ type: 'list' }, day('2026-03-13'));
    await ask({ type: 'close' }, day('2026-03-14'));
    expect(await row()).toMatchObject({ status: 'closed' });
  });

  it('counts an answer that is under way when it closes, and lets none in behind it', async () => {
    await open();
    await ask({ type: 'release', ...release }, start);
    await advance(opensAt);
    let closing: Promise<unknown> | undefined;
    await within(async (tx) => {
      expect(await surveys.held(tx, surveyId)).toMatchObject({ status: 'collecting' });
      closing = ask({ type: 'endCollecting' }, day('2026-03-12'));
      // The close comes as far as the held row, and no further.
      const blocked = () => within((other) => other.query<{ count: number }>(WAITERS));
      for (let waiting = 0; waiting === 0; ) waiting = (await blocked())[0]!.count;
      expect(await row()).toMatchObject({ status: 'collecting' });
    });
    await closing;
    expect(await within((tx) => surveys.held(tx, surveyId))).toMatchObject({ status: 'triage' });
    await ask({ type: 'list' }, day('2026-03-13'));
    await ask({ type: 'close' }, day('2026-03-14'));
  });
});
