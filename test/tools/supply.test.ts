import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

interface Supply {
  judge(report: string, accepted: Record<string, string>): { checked: boolean; findings: string[]; stale: string[] };
  unlistedScripts(lock: unknown, allowScripts: Record<string, boolean>): string[];
}

const { judge, unlistedScripts } = (await import(join(process.cwd(), 'tools/lib/supply.mjs'))) as Supply;
const json = (name: string): never => JSON.parse(readFileSync(name, 'utf8')) as never;

const advisory = (severity: string, url: string) => ({ name: 'leaky', range: '<2', title: 'leaks', severity, url });
const report = JSON.stringify({
  vulnerabilities: {
    leaky: { via: [advisory('high', 'https://a/1'), advisory('moderate', 'https://a/2')] },
    user: { via: ['leaky'] },
  },
});

describe('advisories', () => {
  it('stop at a grave one that nobody has accepted with a reason', () => {
    expect(judge(report, {})).toEqual({ checked: true, findings: ['leaky <2: leaks (https://a/1)'], stale: [] });
    expect(judge(report, { 'https://a/1': 'only in the build' })).toEqual({ checked: true, findings: [], stale: [] });
    expect(judge('{"vulnerabilities":{}}', { 'https://a/1': 'gone' })).toEqual({ checked: true, findings: [], stale: ['https://a/1'] });
  });

  it('are not taken for checked where the registry does not know them', () => {
    for (const answer of ['{"message":"405 Method Not Allowed"}', '', 'not json']) expect(judge(answer, {}).checked).toBe(false);
  });
});

describe('packages that run something when installed', () => {
  it('are all decided on', () => {
    const { allowScripts } = json('package.json') as { allowScripts: Record<string, boolean> };
    expect(unlistedScripts(json('package-lock.json'), allowScripts)).toEqual([]);
    expect(unlistedScripts({ packages: { 'node_modules/a/node_modules/@b/c': { hasInstallScript: true } } }, {})).toEqual(['@b/c']);
  });
});
