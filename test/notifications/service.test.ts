import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { tenantId, tenantScope, type Scope } from '../../src/kernel/scope.ts';
import { addHours, type Instant } from '../../src/kernel/time.ts';
import type { Channel, Letter } from '../../src/notifications/channel.ts';
import { OutboxJob } from '../../src/notifications/jobs.ts';
import type { InboxCursor, Message, Reader } from '../../src/notifications/model.ts';
import { NotificationsService } from '../../src/notifications/service.ts';
import { NotificationsStore } from '../../src/notifications/store.ts';
import type { Tx } from '../../src/platform/database/database.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const AT = '2026-10-20T02:00:00.000000Z' as Instant;

let test: TestDatabase;
const store = new NotificationsStore();
const notifications = new NotificationsService(store, []);
let scope: Scope;
let number = 0;
let reader: Reader;

beforeAll(async () => {
  test = await createTestDatabase();
}, 60_000);

afterAll(async () => {
  await test.drop();
});

beforeEach(() => {
  scope = tenantScope(tenantId(`notifications-${++number}`));
  reader = { accountId: randomUUID(), roles: [{ role: 'liaison', orgUnitId: 'u1' }] };
});

const within = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => test.database.within(scope, work);
const message = (key: string, change: Partial<Message> = {}): Message => ({
  key,
  recipient: { kind: 'role', role: 'liaison', orgUnitId: 'u1' },
  text: 'projects.report.due',
  params: { number: 'MX-031', days: 7 },
  caseId: 'project/p1',
  at: AT,
  ...change,
});
const post = (...messages: Message[]): Promise<void> => within((tx) => notifications.post(tx, messages));
const inbox = (who: Reader = reader, unreadOnly = false) =>
  within((tx) => notifications.inbox(tx, who, { unreadOnly, limit: 100 }));

describe('the inbox', () => {
  it('holds a step’s message once, however often the step is repeated', async () => {
    await Promise.all([post(message('w@1')), post(message('w@1')), post(message('w@1'), message('w@2'))]);
    expect(await inbox()).toHaveLength(2);
    expect((await inbox())[0]).toMatchObject({ text: 'projects.report.due', params: { days: 7 }, caseId: 'project/p1' });
  });

  it('is nobody else’s', async () => {
    await post(
      message('w@1', { recipient: { kind: 'account', accountId: randomUUID() } }),
      message('w@2', { recipient: { kind: 'role', role: 'liaison', orgUnitId: 'u2' } }),
      message('w@3', { recipient: { kind: 'role', role: 'manager', orgUnitId: 'u1' } }),
    );
    expect(await inbox()).toEqual([]);
    const foreign = tenantScope(tenantId(`notifications-${++number}`));
    await post(message('w@4'));
    expect(
      await test.database.within(foreign, (tx) => notifications.inbox(tx, reader, { unreadOnly: false, limit: 9 })),
    ).toEqual([]);
  });

  it('pages newest first through all keys of a reader', async () => {
    const recipients = [
      { kind: 'account', accountId: reader.accountId } as const,
      { kind: 'role', role: 'liaison' } as const,
      message('').recipient,
    ];
    const sent = Array.from({ length: 11 }, (_, index) =>
      message(`w@${index}`, { recipient: recipients[index % 3]!, at: addHours(AT, index % 4) }),
    );
    await post(...sent);
    const seen: string[] = [];
    let after: InboxCursor | undefined;
    do {
      const page = await within((tx) =>
        notifications.inbox(tx, reader, { unreadOnly: false, limit: 4, ...(after ? { after } : {}) }),
      );
      seen.push(...page.map(({ at, id }) => `${at} ${id}`));
      after = page.at(-1);
    } while (after);
    expect(seen).toEqual([...seen].sort().reverse());
    expect(new Set(seen).size).toBe(11);
  });

  it('is read by each holder of a role for themselves', async () => {
    await post(message('w@1'), message('w@2'));
    const [first] = await inbox();
    const colleague: Reader = { ...reader, accountId: randomUUID() };
    await within((tx) => notifications.markRead(tx, reader, first!.id, AT));
    await within((tx) => notifications.markRead(tx, reader, first!.id, addHours(AT, 1)));
    expect((await inbox()).find(({ id }) => id === first!.id)?.readAt).toBe(AT);
    expect(await inbox(reader, true)).toHaveLength(1);
    expect(await within((tx) => notifications.countUnread(tx, reader))).toBe(1);
    expect(await within((tx) => notifications.countUnread(tx, colleague))).toBe(2);
  });

  it('lets nobody read another’s message, singly or in a batch', async () => {
    await post(message('w@1'), message('w@2', { recipient: { kind: 'role', role: 'manager' } }));
    const manager: Reader = { accountId: randomUUID(), roles: [{ role: 'manager' }] };
    const [[own], [foreign]] = [await inbox(), await inbox(manager)];
    await expect(within((tx) => notifications.markRead(tx, reader, foreign!.id, AT))).rejects.toMatchObject({
      code: 'NOTIFICATIONS_MESSAGE_UNKNOWN',
      kind: 'unknown',
    });
    const ids = [own!.id, foreign!.id, randomUUID()];
    expect(await within((tx) => notifications.markAllRead(tx, reader, ids, AT))).toEqual(new Set([own!.id]));
    expect(await inbox(manager, true)).toHaveLength(1);
  });
});

/** A provider outside: it keeps what it took, knows its keys and can be told to fail. */
class Provider implements Channel {
  readonly name = 'mail';
  readonly taken = new Map<string, Letter>();
  failures = 0;

  async deliver(letter: Letter, idempotencyKey: string): Promise<void> {
    if (this.failures-- > 0) throw new Error('provider away');
    this.taken.set(idempotencyKey, letter);
  }
}

describe('the outbox', () => {
  it('is empty when there is no channel', async () => {
    await post(message('w@1'));
    expect(await within((tx) => tx.query('SELECT * FROM notifications_outbox'))).toEqual([]);
  });

  it('delivers each message once and tries again what was not taken', async () => {
    const mail = new Provider();
    const sending = new NotificationsService(store, [mail]);
    const job = new OutboxJob(test.database, store, [mail]);
    for (let repeat = 0; repeat < 2; repeat++) {
      await within((tx) => sending.post(tx, [message('w@1'), message('w@2')]));
    }
    mail.failures = 1;
    expect(await job.deliverDue(AT)).toBe(1);
    expect(await job.deliverDue(AT)).toBe(0);
    expect(await job.deliverDue(addHours(AT, 1))).toBe(1);
    expect(await job.deliverDue(addHours(AT, 1000))).toBe(0);
    expect([...mail.taken.values()].map((letter) => letter.recipient)).toEqual(['role:liaison@u1', 'role:liaison@u1']);
  });

  it('gives up in the end, and says so', async () => {
    const mail = new Provider();
    mail.failures = Number.POSITIVE_INFINITY;
    await within((tx) => new NotificationsService(store, [mail]).post(tx, [message('w@1')]));
    const job = new OutboxJob(test.database, store, [mail]);
    for (let day = 0; day < 12; day++) await job.deliverDue(addHours(AT, day * 24));
    const rows = await within((tx) => tx.query('SELECT state FROM notifications_outbox'));
    expect(rows).toEqual([{ state: 'failed' }]);
  });
});
