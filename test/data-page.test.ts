import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { getMetadataArgsStorage } from 'typeorm';
import { dataPage } from '../src/data-page.ts';
import { NETWORK_MARK_MONTHS } from '../src/needs/intake/model.ts';
import { builtInPacks } from '../src/policy/packs/built-in.ts';
import { registeredFields } from '../src/platform/database/registry.ts';

function tableOf(entity: Function): string {
  return String(getMetadataArgsStorage().tables.find(({ target }) => target === entity)?.name);
}

describe('the page on data', () => {
  it('is what the field registry says now', () => {
    expect(readFileSync('docs/data.md', 'utf8')).toBe(dataPage());
  });

  it('states of what residents say the term that the policy carries out', () => {
    const kept = (table: string) => new Set(registeredFields().filter(({ entity, note }) => note.basis === 'consent' && tableOf(entity).startsWith(table)).map(({ note }) => note.retentionMonths));
    expect(kept('needs_')).toEqual(new Set([builtInPacks.retention.residentMonths.value]));
    expect(NETWORK_MARK_MONTHS).toBe(builtInPacks.retention.networkMarkMonths.value);
  });

  it('has a line for every field about people, and names no text of anybody', () => {
    const page = dataPage();
    const personal = registeredFields().filter(({ note }) => note.sensitivity >= 2);
    const [, about = ''] = page.split('\n## About people\n');
    expect(about.split('\n## ')[0]!.split('\n').filter((line) => line.startsWith('| `'))).toHaveLength(personal.length);
    expect(personal.length).toBeGreaterThan(20);
  });
});
