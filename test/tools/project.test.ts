import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

interface Project {
  checkNode(version: string): void;
  missingPackages(root: string): string[];
}

const ROOT = process.cwd();
const { checkNode, missingPackages } = (await import(join(ROOT, 'tools/lib/project.mjs'))) as Project;

describe('set-up before anything is installed', () => {
  let box: string;
  beforeEach(() => {
    box = mkdtempSync(join(tmpdir(), 'cobuild-project-'));
  });
  afterEach(() => rmSync(box, { recursive: true, force: true }));

  it.each(['20.19.0', '20.20.2', '22.1.0', '26.0.0'])('runs on Node %s', (version) => {
    expect(() => checkNode(version)).not.toThrow();
  });

  it.each(['18.20.8', '20.18.3'])('says what is needed on Node %s', (version) => {
    expect(() => checkNode(version)).toThrow(/Node 20\.19 or newer is needed/);
  });

  const lock = (packages: Record<string, { version: string; optional?: boolean }>): string =>
    JSON.stringify({ packages: { '': { version: '1.0.0' }, ...packages } });

  it('sees what is missing or of another version, and ignores what is for other machines', () => {
    writeFileSync(
      join(box, 'package-lock.json'),
      lock({
        'node_modules/good': { version: '1.0.0' },
        'node_modules/old': { version: '2.0.0' },
        'node_modules/absent': { version: '1.0.0' },
        'node_modules/for-others': { version: '1.0.0', optional: true },
      }),
    );
    expect(missingPackages(box)).toEqual(['node_modules/good', 'node_modules/old', 'node_modules/absent']);
    mkdirSync(join(box, 'node_modules'));
    const present = lock({ 'node_modules/good': { version: '1.0.0' }, 'node_modules/old': { version: '1.9.0' } });
    writeFileSync(join(box, 'node_modules/.package-lock.json'), present);
    expect(missingPackages(box)).toEqual(['node_modules/old', 'node_modules/absent']);
  });

  it('imports built-ins only, because nothing is installed yet', () => {
    for (const file of ['lib/project', 'start', 'reset', 'build', 'test', 'run']) {
      const source = readFileSync(join(ROOT, `tools/${file}.mjs`), 'utf8');
      const imported = [...source.matchAll(/^import [^;]*? from '([^']+)'/gms)].map(([, from]) => from);
      expect(imported.filter((from) => !/^(node:|\.)/.test(from ?? ''))).toEqual([]);
      expect(imported.length).toBeGreaterThan(0);
    }
  });

  it('refuses an option that it does not know', () => {
    const start = (): Buffer => execFileSync(process.execPath, [join(ROOT, 'tools/start.mjs'), '--emtpy'], { stdio: 'pipe' });
    expect(start).toThrow(/unknown option --emtpy/);
  });
});
