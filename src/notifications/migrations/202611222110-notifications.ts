import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor, protect } from '../../platform/database/protect.ts';

export class Notifications1763800000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notifications_message (
        tenant_id text NOT NULL,
        id uuid NOT NULL,
        key text NOT NULL,
        recipient text COLLATE "C" NOT NULL,
        text_key text NOT NULL,
        params jsonb NOT NULL,
        case_id text,
        at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        CONSTRAINT notifications_message_once UNIQUE (tenant_id, recipient, key)
      )`);
    await runner.query(
      'CREATE INDEX notifications_message_inbox ON notifications_message (tenant_id, recipient, at DESC, id DESC)',
    );
    await runner.query(`
      CREATE TABLE notifications_read (
        tenant_id text NOT NULL,
        account_id uuid NOT NULL,
        message_id uuid NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, account_id, message_id),
        FOREIGN KEY (tenant_id, message_id) REFERENCES notifications_message (tenant_id, id)
      )`);
    await runner.query(`
      CREATE TABLE notifications_outbox (
        tenant_id text NOT NULL,
        message_id uuid NOT NULL,
        channel text NOT NULL,
        state text NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
        attempts integer NOT NULL DEFAULT 0,
        next_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, message_id, channel),
        FOREIGN KEY (tenant_id, message_id) REFERENCES notifications_message (tenant_id, id)
      )`);
    await runner.query(
      "CREATE INDEX notifications_outbox_due ON notifications_outbox (next_at) WHERE state = 'queued'",
    );
    await protect(runner, 'notifications_message', { insertOnly: true });
    await protect(runner, 'notifications_read', { insertOnly: true });
    await protect(runner, 'notifications_outbox');
    await runner.query(`
      CREATE FUNCTION door_notifications_due(p_at timestamptz) RETURNS TABLE (tenant_id text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT DISTINCT o.tenant_id FROM notifications_outbox o WHERE o.state = 'queued' AND o.next_at <= p_at
      $$`);
    await openDoor(runner, 'door_notifications_due(timestamptz)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION door_notifications_due(timestamptz)');
    await runner.query('DROP TABLE notifications_outbox, notifications_read, notifications_message');
  }
}
