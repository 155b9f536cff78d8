import { installedEnvironment } from './local.ts';
import { openParts, type Parts } from './parts.ts';
import { loadConfig } from './platform/config.ts';
import { createLog } from './platform/logging.ts';

/** All areas for a command that an operator runs beside the system. */
export async function openOffline(applicationName: string): Promise<Parts> {
  const config = loadConfig(installedEnvironment());
  return openParts(config, createLog('error', process.stderr), { applicationName, transactionTimeoutMs: 60_000, answerWithinMs: 10_000 });
}
