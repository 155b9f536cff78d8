import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { AnchorService } from '../../src/audit/anchors/service.ts';
import { AuditService } from '../../src/audit/service.ts';
import { SealingService } from '../../src/audit/sealing/service.ts';
import { tenantId, tenantScope, type TenantId } from '../../src/kernel/scope.ts';
import { addHours, instantFromMs } from '../../src/kernel/time.ts';
import { CHANNELS, type Channel } from '../../src/notifications/channel.ts';
import { OutboxJob } from '../../src/notifications/jobs.ts';
import { NotificationsService } from '../../src/notifications/service.ts';
import { NotificationsStore } from '../../src/notifications/store.ts';
import { Database } from '../../src/platform/database/database.ts';
import { SmtpSender } from '../../src/platform/mail/smtp.ts';
import { heraldBy } from '../../src/work.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const AUDITORS = ['auditor@example.org', 'archive@example.com'];
const PASSWORD = 'sample p@ss';
const NOW = instantFromMs(Date.parse('2026-10-20T16:00:00Z'));

interface Received {
  readonly to: readonly string[];
  readonly user: string | undefined;
  readonly text: string;
}

let db: TestDatabase;
let api: TestApi;
let server: SMTPServer;
let port: number;
let isAway = false;
const mailbox: Received[] = [];

beforeAll(async () => {
  server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) => (password === PASSWORD ? done(null, { user: username }) : done(new Error('who?'))),
    onMailFrom: (_address, _session, done) => done(isAway ? Object.assign(new Error('not now'), { responseCode: 451 }) : null),
    onData: (stream, session, done) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        mailbox.push({ to: session.envelope.rcptTo.map(({ address }) => address), user: session.user as string | undefined, text: Buffer.concat(pieces).toString('utf8') });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  port = (server.server.address() as AddressInfo).port;
  db = await createTestDatabase();
  const url = `smtp://recorder:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`;
  api = await startTestApi({ database: db, env: { SMTP_URL: url, MAIL_FROM: 'record@example.org', ANCHOR_MAIL_TO: AUDITORS.join(', ') } });
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await new Promise<void>((resolve) => {
    server.close(resolve);
  });
  await db?.drop();
});

const get = <It>(type: abstract new (...parts: never[]) => It): It => api.api.app.get(type, { strict: false });
const outbox = (): OutboxJob => new OutboxJob(get(Database), get(NotificationsStore), api.api.app.get<Channel[]>(CHANNELS, { strict: false }));

async function anchoredTenant(): Promise<TenantId> {
  const tenant = tenantId(`t-${randomUUID().slice(0, 12)}`);
  await get(Database).within(tenantScope(tenant), (tx) => get(AuditService).record(tx, { at: NOW, action: 'test.written', subject: 'note:1', outcome: 'done' }));
  while (!(await get(SealingService).seal(tenant, NOW)));
  await get(AnchorService).anchor(tenant, NOW, heraldBy(get(NotificationsService)));
  return tenant;
}

/** As a reader's program shows it. */
function bodyOf({ text }: Received): string {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/quoted-printable/i.test(head)) {
    const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
  }
  return /base64/i.test(head) ? Buffer.from(body, 'base64').toString('utf8') : body;
}

describe('an anchor of the record', () => {
  it('leaves the house once, to every mailbox, with all that is needed to compare it', async () => {
    const tenant = await anchoredTenant();
    const { body } = await api.page().get(`/api/v1/public/anchors?tenant=${tenant}`);
    const statement = JSON.parse(body.anchors[0].statement) as { block: number; hash: string };
    expect(await outbox().deliverDue(NOW)).toBe(1);
    expect(await outbox().deliverDue(addHours(NOW, 48))).toBe(0);
    expect(mailbox).toHaveLength(1);
    const [letter] = mailbox;
    expect([letter!.to, letter!.user]).toEqual([AUDITORS, 'recorder']);
    const said = bodyOf(letter!);
    for (const part of [tenant, statement.hash, body.anchors[0].signature, `block: ${statement.block}`]) expect(said).toContain(part);
    // The inbox of both posts has it as well.
    const rows = await get(Database).within(tenantScope(tenant), (tx) => tx.query<{ recipient: string }>('SELECT recipient FROM notifications_message ORDER BY 1'));
    expect(rows.map(({ recipient }) => recipient)).toEqual(['role:auditAdministrator', 'role:auditor']);
  });

  it('is tried again where the server is away, under the same Message-ID', async () => {
    mailbox.length = 0;
    await anchoredTenant();
    isAway = true;
    expect(await outbox().deliverDue(NOW)).toBe(0);
    isAway = false;
    expect(await outbox().deliverDue(addHours(NOW, 24))).toBe(1);
    expect(mailbox).toHaveLength(1);
    expect(mailbox[0]!.text).toMatch(/^Message-ID: <[\w-]{43}@example\.org>\r$/im);
  });

  it('is all that is mailed', async () => {
    mailbox.length = 0;
    const tenant = tenantId(`t-${randomUUID().slice(0, 12)}`);
    const message = { key: 'other@1', recipient: { kind: 'role', role: 'auditor' }, text: 'rights.told.manyReveals', params: {}, at: NOW } as const;
    await get(Database).within(tenantScope(tenant), (tx) => get(NotificationsService).post(tx, [message]));
    expect(await outbox().deliverDue(addHours(NOW, 1))).toBe(0);
    expect(mailbox).toEqual([]);
  });
});

describe('the mail server', () => {
  const letter = { to: AUDITORS, subject: 'x', text: 'x', id: 'x' };

  it('that refuses the password is an error without it', async () => {
    const sender = new SmtpSender({ url: `smtp://recorder:wrong-secret@127.0.0.1:${port}`, from: 'record@example.org' });
    const failure = await sender.send(letter).then(() => 'sent', (error: Error) => `${error.message} ${error.stack}`);
    expect(failure).toMatch(/EAUTH/);
    expect(failure).not.toContain('wrong-secret');
  });

  it('must encrypt unless it is on this machine', async () => {
    const sender = new SmtpSender({ url: `smtp://recorder:${encodeURIComponent(PASSWORD)}@localhost.:${port}`, from: 'record@example.org' });
    await expect(sender.send(letter)).rejects.toThrow(/ETLS|ESOCKET|refused|EDNS|ECONNECTION/);
    expect(mailbox).toEqual([]);
  });
});
