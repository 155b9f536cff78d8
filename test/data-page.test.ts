import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { dataPage } from '../src/data-page.ts';
import { registeredFields } from '../src/platform/database/registry.ts';

describe('the page on data', () => {
  it('is what the field registry says now', () => {
    expect(readFileSync('docs/data.md', 'utf8')).toBe(dataPage());
  });

  it('has a line for every field about people, and names no text of anybody', () => {
    const page = dataPage();
    const personal = registeredFields().filter(({ note }) => note.sensitivity >= 2);
    const [, about = ''] = page.split('\n## About people\n');
    expect(about.split('\n## ')[0]!.split('\n').filter((line) => line.startsWith('| `'))).toHaveLength(personal.length);
    expect(personal.length).toBeGreaterThan(20);
  });
});
