import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playYear, type YearOutcome } from '../../src/demo/driver.ts';
import { figuresOf, type Figures } from '../../src/demo/figures.ts';
import { dropBySeed, keepProjects, predictFigures, type PredictedFigures } from './figures.ts';
import { recordYear } from './histories.ts';
import { isRecording } from './history-keys.ts';
import { expectRestored } from './restored.ts';
import { startTestStage, type TestStage } from './stage.ts';

const EXAMPLE = join(process.cwd(), 'examples/mengyang');
const SEED = Number(process.env['DEMO_SEED'] ?? 7);

/** `kept`: numbers of projects; without it all of the example's. A recording keeps every story of the example, also one that the seed would take away. */
async function filesOfYear(folder: string, kept?: readonly string[]): Promise<void> {
  if (isRecording) {
    await cp(EXAMPLE, folder, { recursive: true });
    return;
  }
  const source = await mkdtemp(join(tmpdir(), 'cobuild-year-kept-'));
  if (kept) await keepProjects(EXAMPLE, source, kept);
  await dropBySeed(kept ? source : EXAMPLE, folder, SEED);
  await rm(source, { recursive: true, force: true });
}

/** Declares the tests of a year that is played through the API and on the real engine. */
export function describeYear(what: string, kept?: readonly string[]): void {
  let folder: string;
  let place: TestStage;
  let outcome: YearOutcome;
  let predicted: PredictedFigures;
  let figures: Figures;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cobuild-year-'));
    await filesOfYear(folder, kept);
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

  describe(`${what} from which seed ${SEED} took a report, a confirmation, a delivery and a unit`, () => {
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
      expect(await expectRestored(place.stage)).toBeGreaterThan(predicted.microProjects);
    });
  });
}
