import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SNAPSHOT_QUERY, workflowIdOf, type CaseSnapshot } from '../../src/cases/messages.ts';
import { restore, wakeAt } from '../../src/cases/model.ts';
import { CaseService } from '../../src/cases/service.ts';
import { playYear, type YearOutcome } from '../../src/demo/driver.ts';
import { figuresOf, type Figures } from '../../src/demo/figures.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { dropBySeed, predictFigures, type PredictedFigures } from '../support/figures.ts';
import { recordYear } from '../support/histories.ts';
import { isRecording } from '../support/history-keys.ts';
import { machineOf } from '../support/machines.ts';
import { startTestStage, type TestStage } from '../support/stage.ts';

const EXAMPLE = join(process.cwd(), 'examples/mengyang');
const SEED = Number(process.env['DEMO_SEED'] ?? 7);

let folder: string;
let place: TestStage;
let outcome: YearOutcome;
let predicted: PredictedFigures;
let figures: Figures;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cobuild-year-'));
  // A recording keeps every story of the example, also one that the seed would take away.
  if (isRecording) await cp(EXAMPLE, folder, { recursive: true });
  else await dropBySeed(EXAMPLE, folder, SEED);
  predicted = await predictFigures(folder);
  place = await startTestStage();
  const { stage, engine } = place;
  outcome = await playYear(stage, { dir: folder, seed: SEED, name: '示例', progress: () => undefined });
  figures = await figuresOf(stage.app, engine.client, stage.tenant, outcome, 0);
}, 600_000);

afterAll(async () => {
  if (isRecording) await recordYear(place);
  await place?.stop();
  await rm(folder, { recursive: true, force: true });
}, 120_000);

interface Head {
  readonly caseId: string;
  readonly kind: string;
  readonly version: number;
  readonly parked: string | null;
}

const heads = (): Promise<Head[]> =>
  place.db.database.within(tenantScope(place.stage.tenant), (tx) =>
    tx.query<Head>('SELECT case_id AS "caseId", kind, version, parked_code AS parked FROM case_head WHERE tenant_id = $1', [
      place.stage.tenant,
    ]),
  );

describe(`a year from which seed ${SEED} took a report, a confirmation, a delivery and a unit`, () => {
  it('ends with the figures that its files predict', () => {
    expect(figures).toMatchObject({
      communities: predicted.communities,
      units: predicted.units,
      microProjects: predicted.microProjects,
      fundsFen: predicted.fundsFen,
      problemsSolved: predicted.problemsSolved,
      reportsAccepted: predicted.reportsAccepted,
      peopleServed: predicted.peopleServed,
    });
    expect(outcome.refused).toHaveLength(predicted.ratingsRejected);
  });

  it('can be restored, case by case, from the journal alone: state, answers and timers', async () => {
    const cases = await heads();
    expect(cases.length).toBeGreaterThan(predicted.microProjects);
    const service = place.stage.app.get(CaseService, { strict: false });
    for (const { caseId, kind, version, parked } of cases) {
      const machine = machineOf(kind);
      const journal = await service.journal(place.stage.tenant, caseId);
      const restored = restore(machine, journal);
      const running = await place.engine.gateway.query<CaseSnapshot>(workflowIdOf(place.stage.tenant, caseId), SNAPSHOT_QUERY);
      expect({ caseId, parked, version: restored.version }).toEqual({ caseId, parked: null, version });
      expect(running.memory).toEqual(JSON.parse(JSON.stringify(restored)));
      expect(running.wakeAt).toBe(wakeAt(machine, restored.state) ?? null);
    }
  });
});
