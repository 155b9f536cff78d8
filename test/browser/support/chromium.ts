import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from '@jest/globals';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** `CHROMIUM_PATH`, or a browser on the `PATH`. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * `describe` where there is a browser. Elsewhere the tests say so and are skipped, unless `BROWSER_REQUIRED` is set, as
 * `.ci/run` does: then they run and fail.
 */
export function describeInBrowser(name: string, tests: () => void): void {
  const isThere = findChromium() !== undefined || Boolean(process.env['BROWSER_REQUIRED']);
  const begin = isThere ? describe : describe.skip;
  begin(isThere ? name : `${name} (skipped: no Chromium; set CHROMIUM_PATH)`, () => tests());
}
