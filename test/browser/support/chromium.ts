import { describe } from '@jest/globals';
import { findChromium } from './chromium-path.ts';

/**
 * `describe` where there is a browser. Elsewhere the tests say so and are skipped, unless `BROWSER_REQUIRED` is set, as
 * `.ci/run` does: then they run and fail.
 */
export function describeInBrowser(name: string, tests: () => void): void {
  const isThere = findChromium() !== undefined || Boolean(process.env['BROWSER_REQUIRED']);
  const begin = isThere ? describe : describe.skip;
  begin(isThere ? name : `${name} (skipped: no Chromium; set CHROMIUM_PATH)`, () => tests());
}
