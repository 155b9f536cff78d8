// node tools/advisories.mjs: known holes in what is installed for production, and packages that would run a script.
// Part of .ci/run. A finding without a fix is listed in tools/advisories.json with its reason.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main, ROOT, say, SetupError } from './lib/project.mjs';
import { judge, unlistedScripts } from './lib/supply.mjs';

const json = (name) => JSON.parse(readFileSync(join(ROOT, name), 'utf8'));

await main(() => {
  const strangers = unlistedScripts(json('package-lock.json'), json('package.json').allowScripts);
  if (strangers.length > 0) throw new SetupError(`decide in package.json's allowScripts about: ${strangers.join(', ')}`);
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: ROOT, encoding: 'utf8' });
  const { checked, findings, stale } = judge(stdout, json('tools/advisories.json'));
  if (!checked) return say('NOT CHECKED: this registry answers no questions about advisories');
  for (const it of stale) say(`no longer found, strike it from tools/advisories.json: ${it}`);
  if (findings.length > 0) throw new SetupError(`known holes:\n${findings.map((it) => `  ${it}`).join('\n')}`);
  say('no known hole of high or critical severity');
});
