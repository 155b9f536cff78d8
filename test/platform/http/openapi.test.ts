import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describeApi } from '../../../src/platform/http/openapi.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { HttpClient } from '../../support/http.ts';
import { startProbe, type Probe } from './probe.ts';

let db: TestDatabase;
let probe: Probe;
let document: OpenAPIObject;

beforeAll(async () => {
  db = await createTestDatabase();
  probe = await startProbe(db.database);
  document = describeApi(probe.app);
});
afterAll(async () => {
  await probe?.stop();
  await db?.drop();
});

describe('the description of the API', () => {
  it('says of every route who may call it and how it refuses', () => {
    const operations = Object.values(document.paths).flatMap((path) => [path.get, path.post, path.put, path.delete]);
    const described = operations.filter((operation) => operation !== undefined);
    expect(described.length).toBeGreaterThan(10);
    for (const operation of described) expect(operation.responses['default']).toBeDefined();
    expect(document.paths['/api/v1/probes']?.post).toMatchObject({ 'x-access': 'probe.write' });
    expect(document.paths['/api/v1/probes/mine']?.get).toMatchObject({ 'x-access': 'signedIn' });
    expect(document.paths['/api/health/live']?.get).toMatchObject({ 'x-access': 'public' });
  });

  it('asks for a key on every mutation but signing in, and for If-Match on edits', () => {
    const headers = (path: string, method: 'post' | 'put'): string[] =>
      (document.paths[path]?.[method]?.parameters ?? []).flatMap((it) => ('in' in it && it.in === 'header' ? [it.name] : []));
    expect(headers('/api/v1/probes', 'post')).toEqual(['Idempotency-Key']);
    expect(headers('/api/v1/probes/sign-in', 'post')).toEqual([]);
    expect(headers('/api/v1/probes/{id}', 'put').sort()).toEqual(['Idempotency-Key', 'If-Match']);
  });

  it('takes bodies, queries and files from the schemas that check them', () => {
    const body = document.paths['/api/v1/probes']?.post?.requestBody;
    expect(JSON.stringify(body)).toContain('"minLength":2');
    expect(JSON.stringify(body)).toContain('"additionalProperties":false');
    const query = (document.paths['/api/v1/probes']?.get?.parameters ?? []).map((it) => ('name' in it ? it.name : ''));
    expect(query.sort()).toEqual(['cursor', 'limit']);
    const file = document.paths['/api/v1/probes/files']?.post?.requestBody;
    expect(Object.keys((file as { content: object }).content)).toEqual(['multipart/form-data']);
  });
});

describe('metrics', () => {
  it('are open to this machine and to who may configure, to nobody else', async () => {
    const direct = new HttpClient(probe.url);
    await direct.get('/api/v1/probes/11111111-1111-4111-8111-111111111111');
    const { status, body } = await direct.get('/api/metrics');
    expect(status).toBe(200);
    expect(body).toContain('route="/api/v1/probes/:id",status="401"');
    expect(body).not.toContain('11111111-1111');
    const forwarded = await direct.get('/api/metrics', { 'x-forwarded-for': '203.0.113.7' });
    expect(forwarded.status).toBe(401);
    expect((await probe.program('ben').get('/api/metrics', { 'x-forwarded-for': '203.0.113.7' })).status).toBe(403);
  });
});
