import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../../../src/platform/local/ports.ts';
import { cachedBinary, findTemporal, NoTemporal } from '../../../src/platform/local/temporal-binary.ts';

const PROGRAM = '#!/bin/sh\necho temporal version 0.0.0\n';

describe('where the Temporal program comes from', () => {
  let box: string;
  let said: string[];
  let mirror: Server;
  let answer: { status: number; body: Buffer };

  beforeAll(async () => {
    mirror = createServer((_, reply) => reply.writeHead(answer.status).end(answer.body));
    await new Promise<void>((listening) => mirror.listen(0, '127.0.0.1', listening));
  });
  afterAll(() => {
    mirror.close();
  });
  beforeEach(() => {
    box = mkdtempSync(join(tmpdir(), 'cobuild-search-'));
    said = [];
    answer = { status: 404, body: Buffer.alloc(0) };
  });
  afterEach(() => rmSync(box, { recursive: true, force: true }));

  function program(path: string, text = PROGRAM): string {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    chmodSync(path, 0o755);
    return path;
  }

  const env = (more: Record<string, string> = {}): Record<string, string> => ({
    PATH: `${join(box, 'bin')}:/usr/bin:/bin`,
    HOME: box,
    XDG_CACHE_HOME: join(box, 'cache'),
    COBUILD_TEMPORAL_DOWNLOAD: `http://127.0.0.1:${(mirror.address() as AddressInfo).port}`,
    ...more,
  });

  const search = (more: Record<string, string> = {}): Promise<string> =>
    findTemporal({ env: env(more), goModule: box, say: (line) => said.push(line) });

  function archive(): Buffer {
    program(join(box, 'pack/temporal'));
    return execFileSync('tar', ['-czf', '-', '-C', join(box, 'pack'), 'temporal']);
  }

  const goThatWrites = (text: string): string =>
    `#!/bin/sh
if [ "$2" = GOVERSION ]; then echo go1.26.4; exit; fi
if [ "$1" = env ]; then echo "$0/go-build"; echo /tmp; exit; fi
[ "$GOCACHE $GOMODCACHE" = "$XDG_CACHE_HOME/cobuild/gocache /tmp" ] || exit 3
while [ "$1" != -o ]; do shift; done
printf '%s' '${text}' > "$2"
`;

  it('prefers the named one, then PATH, then the cache, and says nothing then', async () => {
    const cached = program(cachedBinary(env()));
    expect(await search()).toBe(cached);
    const installed = program(join(box, 'bin/temporal'));
    expect(await search()).toBe(installed);
    const named = program(join(box, 'elsewhere/temporal'));
    expect(await search({ COBUILD_TEMPORAL_CLI: named })).toBe(named);
    expect(said).toEqual([]);
  });

  it('refuses a named one that is no program, rather than to take another', async () => {
    program(join(box, 'bin/temporal'));
    await expect(search({ COBUILD_TEMPORAL_CLI: join(box, 'nothing') })).rejects.toThrow(NoTemporal);
  });

  it('downloads into the cache when there is none', async () => {
    answer = { status: 200, body: archive() };
    const found = await search();
    expect(found).toBe(cachedBinary(env()));
    expect(readFileSync(found, 'utf8')).toBe(PROGRAM);
    expect(said).toHaveLength(1);
    expect(await search()).toBe(found);
    expect(said).toHaveLength(1);
  });

  it('builds with Go when the download is cut short, and keeps nothing of it', async () => {
    answer = { status: 200, body: archive().subarray(0, 60) };
    program(join(box, 'bin/go'), goThatWrites(PROGRAM));
    expect(await search()).toBe(cachedBinary(env()));
    expect(readdirSync(join(box, 'cache/cobuild'))).toEqual(['temporal-1.8.2']);
  });

  it('does not take a build for good that cannot run', async () => {
    program(join(box, 'bin/go'), goThatWrites('#!/bin/sh\nexit 1\n'));
    await expect(search()).rejects.toThrow(NoTemporal);
    expect(existsSync(cachedBinary(env()))).toBe(false);
  });

  it.each([
    ['no Go', undefined, /Go is not installed/],
    ['an old Go', '#!/bin/sh\necho go1.25.9\n', /Go 1\.25 is too old/],
  ])('names what a person can do with %s and no network', async (_, go, reason) => {
    if (go) program(join(box, 'bin/go'), go);
    const refusal = search({ COBUILD_TEMPORAL_DOWNLOAD: `http://127.0.0.1:${await freePort()}` });
    await expect(refusal).rejects.toThrow(reason);
    await expect(refusal).rejects.toThrow(/TEMPORAL_ADDRESS[^]*ECONNREFUSED/);
  });
});
