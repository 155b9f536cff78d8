import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, type TestApi } from '../support/api.ts';
import { testConfig } from '../support/config.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { HttpClient } from '../support/http.ts';

let db: TestDatabase;
let api: TestApi;
let reader: HttpClient;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  reader = api.page();
});
afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

describe('what is sent', () => {
  it('is compressed for whoever takes it so', async () => {
    const path = '/api/docs/openapi.json';
    for (const encoding of ['br', 'gzip']) {
      const { headers, body } = await reader.get(path, { 'accept-encoding': encoding });
      expect(headers.get('content-encoding')).toBe(encoding);
      expect(headers.get('vary')).toMatch(/accept-encoding/i);
      expect(body).toEqual(api.api.document);
    }
    expect((await reader.get(path, { 'accept-encoding': 'identity' })).headers.get('content-encoding')).toBeNull();
    expect((await reader.get('/api/health/live', { 'accept-encoding': 'br' })).headers.get('content-encoding')).toBeNull();
  });

  it('is not unpacked when it comes in', async () => {
    const send = async (packed: boolean): Promise<number> => {
      const body = JSON.stringify({ tenant: 'mengyang', login: 'anna', password: 'x'.repeat(12) });
      const headers = { origin: testConfig().http.origins[0] ?? '', 'content-type': 'application/json', ...(packed && { 'content-encoding': 'gzip' }) };
      return (await fetch(`${api.url}/api/v1/sign-in`, { method: 'POST', headers, body: packed ? gzipSync(body) : body })).status;
    };
    expect(await send(false)).toBe(401);
    expect(await send(true)).toBe(400);
  });
});

describe('the page of the API', () => {
  it('loads with everything it refers to, from here alone', async () => {
    const page = await reader.get('/api/docs');
    expect(page.status).toBe(200);
    const parts = [...String(page.body).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part]) => part ?? '');
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) {
      const { status } = await reader.get(new URL(part, `${api.url}/api/docs/`).pathname);
      expect({ part, status }).toEqual({ part, status: 200 });
    }
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("style-src 'self' 'unsafe-inline'");
    expect(policy).not.toContain('script-src');
    expect((await reader.get('/api/health/live')).headers.get('content-security-policy')).not.toContain('unsafe-inline');
  });

  it('shows the description that is committed', async () => {
    expect((await reader.get('/api/docs/openapi.json')).body).toEqual(api.api.document);
  });

  it('opens no file beside its own', async () => {
    for (const path of ['%2e%2e/package.json', '..%2fpackage.json', '%2e%2e%2f%2e%2e%2fpackage.json', 'package.json%00.css']) {
      expect([400, 403, 404]).toContain((await reader.get(`/api/docs/${path}`)).status);
    }
  });
});
