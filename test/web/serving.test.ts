import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { HttpClient } from '../support/http.ts';

const NONCE = 'CSP_NONCE_OF_THIS_ANSWER';

/** What a build leaves, made by hand: serving it is tested without building. */
function builtPage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cobuild-page-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), `<title>office</title><script nonce="${NONCE}"></script>`);
  writeFileSync(join(folder, 'p.html'), '<title>residents</title>');
  writeFileSync(join(folder, 'icon.svg'), '<svg/>');
  writeFileSync(join(folder, 'page-addresses.json'), '["today"]');
  writeFileSync(join(folder, 'assets/staff-1a2b.js'), 'plain');
  writeFileSync(join(folder, 'assets/staff-1a2b.js.gz'), gzipSync('packed'));
  return folder;
}

describe('the API with a built page', () => {
  const folder = builtPage();
  const html = { accept: 'text/html' };
  let db: TestDatabase;
  let api: TestApi;
  let page: HttpClient;

  beforeAll(async () => {
    db = await createTestDatabase();
    api = await startTestApi({ database: db, page: folder });
    page = api.page();
  });
  afterAll(async () => {
    await api?.stop();
    await db?.drop();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['/', 200, 'office'],
    ['/today', 200, 'office'],
    ['/today/7?a=b', 200, 'office'],
    ['/p', 200, 'residents'],
    ['/p/follow/7K2-914', 200, 'residents'],
    ['/mistyped', 404, 'office'],
  ])('answers %s with %d and the page of the %s', async (path, status, title) => {
    const answer = await page.get(path, html);
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body: expect.stringContaining(title) });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('gives each answer a number of its own, which alone lets style sheets be added', async () => {
    const [first, second] = [await page.get('/today', html), await page.get('/today', html)];
    const [, nonce] = /nonce="([^"]+)"/.exec(String(first.body)) ?? [];
    expect(first.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(first.headers.get('content-security-policy')).not.toContain('unsafe-inline');
    expect(second.body).not.toBe(first.body);
  });

  it('keeps assets for good, and sends them packed to who can unpack', async () => {
    const asset = await page.get('/assets/staff-1a2b.js', { 'accept-encoding': 'gzip' });
    expect({ status: asset.status, body: asset.body, encoding: asset.headers.get('content-encoding') }).toEqual({ status: 200, body: 'packed', encoding: 'gzip' });
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await page.get('/assets/staff-1a2b.js', { 'accept-encoding': 'identity' })).body).toBe('plain');
  });

  it.each(['/api/mistyped', '/assets/gone.js', '/mistyped.json', '/page-addresses.json', '/.built-from', '/assets/..%2fpage-addresses.json'])(
    'refuses %s with a problem document',
    async (path) => {
      expect(await page.get(path)).toMatchObject({ status: 404, body: { code: 'ROUTE_UNKNOWN' } });
    },
  );

});
