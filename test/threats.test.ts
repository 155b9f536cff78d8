import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

interface Row {
  readonly abuse: string;
  readonly proof: string;
}

const rows: readonly Row[] = readFileSync('docs/threats.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| Abuse '))
  .map((line) => {
    const cells = line.slice(2, -2).split(' | ');
    return { abuse: cells[0] ?? '', proof: cells.length === 4 ? cells[3]! : '' };
  });

const named = (proof: string): { file: string; name: string }[] =>
  proof.split(/; (?=`)/).flatMap((part) => {
    const [, file, name] = /^`(test\/[\w/.-]+\.test\.ts)` › (.+)$/.exec(part) ?? [];
    return file && name ? [{ file, name }] : [];
  });

describe('the table of threats', () => {
  it('has for every abuse a test by name, or says what it waits for', () => {
    expect(rows.length).toBeGreaterThan(25);
    const bare = rows.filter(({ proof }) => !proof.startsWith('*open*: ') && named(proof).length !== proof.split(/; (?=`)/).length);
    expect(bare.map(({ abuse }) => abuse)).toEqual([]);
  });

  it('names tests that exist', () => {
    const missing = rows
      .flatMap(({ proof }) => named(proof))
      .filter(({ file, name }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(name));
    expect(missing).toEqual([]);
  });
});
