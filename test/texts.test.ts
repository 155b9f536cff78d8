import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Texts } from '../src/kernel/texts.ts';
import { texts } from '../src/texts.ts';

const SRC = join(process.cwd(), 'src');
const FOLDERS = ['src', 'workflows', 'activities'].map((name) => join(process.cwd(), name));

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

const REFUSED = /\b(?:refuse|new Refusal)\(\s*'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)'/g;
const FIELD_CODE = /\bcode: '([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g;

describe('texts', () => {
  it('exist for every code that a refusal or a field error can carry', () => {
    const missing = new Set<string>();
    for (const file of FOLDERS.flatMap(sources)) {
      const code = readFileSync(file, 'utf8');
      for (const pattern of /\bFieldError\b|\brefuse\(/.test(code) ? [REFUSED, FIELD_CODE] : [REFUSED]) {
        for (const [, name] of code.matchAll(pattern)) if (!texts[`error.${name}`]) missing.add(`${file}: ${name}`);
      }
    }
    expect([...missing]).toEqual([]);
  });

  it('come from every area, and no area overwrites those of another', async () => {
    const files = sources(SRC).filter((file) => file.endsWith('/texts.ts') && file !== join(SRC, 'texts.ts'));
    const owners = new Map<string, string>();
    for (const file of files) {
      const { texts: own } = (await import(file)) as { texts?: Texts };
      for (const key of Object.keys(own ?? {})) {
        expect({ key, owner: owners.get(key) }).toEqual({ key, owner: undefined });
        expect({ key, known: key in texts }).toEqual({ key, known: true });
        owners.set(key, file);
      }
    }
    expect(Object.keys(texts).filter((key) => !owners.has(key))).toEqual([]);
  });

  it('fill the same places in both languages', () => {
    const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
    const uneven = Object.entries(texts).filter(([, { zh, en }]) => String(places(zh)) !== String(places(en)));
    expect(uneven.map(([key]) => key)).toEqual([]);
  });
});
