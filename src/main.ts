import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApi } from './api.ts';
import { ConfigError, loadConfig } from './platform/config.ts';
import { armCrashPoint } from './platform/crash-point.ts';
import { createLog } from './platform/logging.ts';

/** The built page, beside the compiled sources. */
const PAGE = resolve(dirname(fileURLToPath(import.meta.url)), '../web');

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const log = createLog(config.log.level);
  armCrashPoint(config.crashPoint);
  const api = await createApi(config, log, PAGE);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping');
      api.stop().catch((error: unknown) => {
        log.error({ err: error }, 'could not stop in order');
        process.exitCode = 1;
      });
    });
  }
  const address = await api.listen().catch(async (error: unknown) => {
    await api.stop();
    throw error;
  });
  log.info({ port: Number(new URL(address).port) }, 'the API listens');
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else createLog('error').fatal({ err: error }, 'the API could not start');
  process.exitCode = 1;
});
