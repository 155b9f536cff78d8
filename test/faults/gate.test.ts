import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { recordedIn, replay, running } from '../../src/gate.ts';
import { testConfig } from '../support/config.ts';
import { createTestDatabase } from '../support/database.ts';
import { startTestEngine } from '../support/engine.ts';
import { HISTORY_KEYS } from '../support/history-keys.ts';
import { runFolder } from '../support/run.ts';
import { workflowBundle } from '../support/temporal.ts';

const histories = (): Iterable<{ workflowId: string; history: unknown }> => recordedIn(join(process.cwd(), 'test/histories'));
const { payload: keys } = testConfig({ PAYLOAD_KEYS: HISTORY_KEYS }).keys;

let bundle: { code: string };
let broken: { code: string };

beforeAll(async () => {
  bundle = { code: readFileSync(await workflowBundle(), 'utf8') };
  const target = join(runFolder(), 'broken-gate-bundle.js');
  await promisify(execFile)(process.execPath, [join(process.cwd(), 'tools/bundle.mjs'), join(process.cwd(), 'test/support/broken/index.ts'), target, join(process.cwd(), 'src')], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  broken = { code: readFileSync(target, 'utf8') };
}, 120_000);

describe('the deploy gate', () => {
  it('lets workflow code pass that replays every recorded history', async () => {
    const passed = await replay(bundle, keys, histories());
    expect(passed.broken).toEqual([]);
    expect(passed.replayed).toBe([...histories()].length);
    expect(passed.replayed).toBeGreaterThan(10);
  });

  it('names the histories that changed code no longer replays', async () => {
    const { replayed, broken: named } = await replay(broken, keys, histories());
    const projects = [...histories()].map(({ workflowId }) => workflowId).filter((id) => id.includes('/project/'));
    expect(projects.length).toBeGreaterThan(0);
    expect([...named].sort()).toEqual(projects.sort());
    expect(replayed).toBe([...histories()].length);
  });

  it('looks at what runs now, so many of each kind', async () => {
    const db = await createTestDatabase();
    const engine = await startTestEngine(db);
    const ids = ['one', 'two', 'three'].map((name) => `gate/project/${name}`);
    try {
      // Nobody works on them: an empty history replays under any code, but it is looked at.
      for (const workflowId of ids) await engine.client.workflow.start('microProject', { workflowId, taskQueue: 'nobody', args: [{}] });
      const found: string[] = [];
      for (const limit = Date.now() + 60_000; found.length < 2 && Date.now() < limit; ) {
        found.length = 0;
        for await (const { workflowId } of running(engine.client, 2)) if (workflowId.startsWith('gate/')) found.push(workflowId);
      }
      expect(found).toHaveLength(2);
      for (const workflowId of ids) await engine.client.workflow.getHandle(workflowId).terminate();
    } finally {
      await engine.stop();
      await db.drop();
    }
  });
});
