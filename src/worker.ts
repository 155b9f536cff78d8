import { fileURLToPath } from 'node:url';
import { loadConfig } from './platform/config.ts';
import { armCrashPoint } from './platform/crash-point.ts';
import { createLog } from './platform/logging.ts';
import { installRuntime } from './platform/temporal/runtime.ts';
import { createWork } from './work.ts';

/** Packed by the build beside the compiled workflows. */
const BUNDLE = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));

const config = loadConfig(process.env);
const log = createLog(config.log.level);
armCrashPoint(config.crashPoint);
installRuntime(log);
try {
  const work = await createWork(config, { codePath: BUNDLE }, log);
  await work.schedule();
  log.info({ taskQueue: config.temporal.taskQueue }, 'worker ready');
  // SIGINT and SIGTERM are the SDK's: it drains, then `run` ends.
  await work.run();
} catch (error) {
  log.error({ err: error }, 'worker failed');
  process.exitCode = 1;
}
// The SDK's runtime ends with its last worker, and a frozen process never had one.
process.exit();
