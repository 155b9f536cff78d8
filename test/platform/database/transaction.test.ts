import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { tenantId, tenantScope } from '../../../src/kernel/scope.ts';
import type { Tx } from '../../../src/platform/database/database.ts';
import { violatedConstraint } from '../../../src/platform/database/violation.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const scope = tenantScope(tenantId('mengyang'));
const INSERT = 'INSERT INTO transaction_note (tenant_id, id) VALUES ($1, $2)';
let db: TestDatabase;
let admin: pg.Client;

beforeAll(async () => {
  db = await createTestDatabase();
  admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
  await admin.query(`CREATE TABLE transaction_note (tenant_id text NOT NULL, id integer NOT NULL,
    CONSTRAINT transaction_note_once PRIMARY KEY (tenant_id, id))`);
  await admin.query('GRANT SELECT, INSERT ON transaction_note TO cobuild_app');
});

afterAll(async () => {
  await admin?.end();
  await db?.drop();
});

async function notes(): Promise<number[]> {
  const { rows } = await admin.query<{ id: number }>('SELECT id FROM transaction_note ORDER BY id');
  return rows.map(({ id }) => id);
}

const note = (id: number): readonly [string, readonly unknown[]] => [INSERT, [scope.tenant, id]];

describe('a transaction', () => {
  it('keeps the order of what is asked and sent together', async () => {
    const seen = await db.database.within(scope, async (tx) => {
      tx.send(...note(1));
      const [first, second] = await Promise.all([
        tx.query<{ count: number }>('SELECT count(*) AS count FROM transaction_note'),
        tx.query<{ tenant: string }>("SELECT current_setting('app.tenant') AS tenant"),
      ]);
      tx.send(...note(2));
      return [first[0]?.count, second[0]?.tenant];
    });
    expect(seen).toEqual([1, 'mengyang']);
    expect(await notes()).toEqual([1, 2]);
  });

  it('fails as a whole with what was sent last, although the work itself went well', async () => {
    const done = db.database.within(scope, async (tx) => {
      tx.send(...note(3));
      tx.send(...note(1));
    });
    const error: unknown = await done.catch((reason: unknown) => reason);
    expect(violatedConstraint(error)).toBe('transaction_note_once');
    expect(await notes()).toEqual([1, 2]);
  });

  it('fails with its first cause, whichever statement hears of it', async () => {
    const done = db.database.within(scope, async (tx) => {
      tx.send(...note(1));
      return tx.query('SELECT 1');
    });
    const error: unknown = await done.catch((reason: unknown) => reason);
    expect(violatedConstraint(error)).toBe('transaction_note_once');
  });

  it('does not pass for done when its failure was swallowed', async () => {
    const done = db.database.within(scope, async (tx) => {
      tx.send(...note(4));
      await tx.query(...note(1)).catch(() => undefined);
    });
    await expect(done).rejects.toThrow('duplicate key');
    expect(await notes()).toEqual([1, 2]);
  });

  it('goes on after an attempt that failed, and keeps those that did not', async () => {
    const codes = await db.database.within(scope, async (tx) => {
      const attempt = (ids: readonly number[]): Promise<string> =>
        tx.attempt(async () => ids.forEach((id) => tx.send(...note(id)))).then(() => 'done', violatedConstraint) as Promise<string>;
      tx.send(...note(5));
      return [await attempt([6]), await attempt([7, 1, 8]), await attempt([9])];
    });
    expect(codes).toEqual(['done', 'transaction_note_once', 'done']);
    expect(await notes()).toEqual([1, 2, 5, 6, 9]);
  });

  it('is not saved by an attempt if it failed before', async () => {
    const done = db.database.within(scope, async (tx) => {
      tx.send(...note(1));
      await tx.attempt(() => tx.query('SELECT 1')).catch(() => undefined);
    });
    const error: unknown = await done.catch((reason: unknown) => reason);
    expect(violatedConstraint(error)).toBe('transaction_note_once');
  });

  it('is flushed later only when it may be lost', async () => {
    // Where the value comes from: the servers of tests never flush.
    const source = async (tx: Tx): Promise<unknown> =>
      (await tx.query<{ source: string }>("SELECT source FROM pg_settings WHERE name = 'synchronous_commit'"))[0]?.source;
    expect(await db.database.within(scope, source, { mayBeLost: true })).toBe('session');
    expect(await db.database.within(scope, source)).not.toBe('session');
  });

  it('leaves its connection clean after a failure', async () => {
    await expect(db.database.within(scope, (tx) => tx.query('SELECT nothing'))).rejects.toThrow('nothing');
    expect(await db.database.within(scope, (tx) => tx.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });
});
