import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import pg from 'pg';
import { loadConfig } from '../../src/platform/config.ts';
import { createLog } from '../../src/platform/logging.ts';
import { installRuntime } from '../../src/platform/temporal/runtime.ts';
import { createWorker } from '../../src/platform/temporal/worker.ts';
import { LEAN_QUEUE } from './queues.ts';

export interface BareActivities {
  insertRow(id: string): Promise<void>;
}

/** A process of its own, like the worker it is compared with: same converter, same options, another task queue. */
const here = fileURLToPath(import.meta.url);
const config = loadConfig(process.env);
installRuntime(createLog('error'));
const pool = new pg.Pool({ connectionString: config.database.url, max: config.database.poolSize });
const activities: BareActivities = {
  insertRow: async (id) => {
    await pool.query('INSERT INTO bare_row (id) VALUES ($1) ON CONFLICT DO NOTHING', [id]);
  },
};
const quiet = () => undefined;
const bundle = await bundleWorkflowCode({
  workflowsPath: join(dirname(here), `bare-workflow${extname(here)}`),
  failureConverterPath: join(dirname(here), `../../src/platform/temporal/failures${extname(here)}`),
  logger: { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet },
});
// Lean: without the stack traces that the product does without (see tools/bundle.mjs).
const prelude = config.temporal.taskQueue === LEAN_QUEUE ? 'Error.stackTraceLimit = 0;' : '';
const worker = await createWorker({ config, activities, bundle: { ...bundle, code: prelude + bundle.code } });
try {
  await worker.run();
} finally {
  await worker.close();
  await pool.end();
}
