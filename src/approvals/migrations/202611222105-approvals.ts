import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protect } from '../../platform/database/protect.ts';

/**
 * A request is opened once per subject and digest and can only be voided; a vote is never changed. The keys count
 * persons and tie each vote to the digest, the trigger keeps preparers and closed requests out.
 */
export class Approvals1763800000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE approvals_request (
        tenant_id text NOT NULL,
        id uuid NOT NULL,
        subject_kind text NOT NULL,
        subject_id text NOT NULL,
        digest text NOT NULL,
        needed integer NOT NULL CHECK (needed >= 1),
        preparers uuid[] NOT NULL,
        opened_at timestamptz NOT NULL,
        voided_at timestamptz,
        PRIMARY KEY (tenant_id, id),
        CONSTRAINT approvals_request_digest UNIQUE (tenant_id, id, digest)
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX approvals_request_live ON approvals_request (tenant_id, subject_kind, subject_id)
      WHERE voided_at IS NULL`);
    await runner.query(`
      CREATE TABLE approvals_vote (
        tenant_id text NOT NULL,
        request_id uuid NOT NULL,
        person_id uuid NOT NULL,
        digest text NOT NULL,
        command_id text NOT NULL,
        account_id uuid NOT NULL,
        on_behalf_of uuid,
        at timestamptz NOT NULL,
        CONSTRAINT approvals_vote_person PRIMARY KEY (tenant_id, request_id, person_id),
        CONSTRAINT approvals_vote_command UNIQUE (tenant_id, command_id, request_id),
        CONSTRAINT approvals_vote_digest FOREIGN KEY (tenant_id, request_id, digest)
          REFERENCES approvals_request (tenant_id, id, digest)
      )`);
    await protect(runner, 'approvals_request', { insertOnly: true });
    await protect(runner, 'approvals_vote', { insertOnly: true });
    await runner.query('GRANT UPDATE (voided_at) ON approvals_request TO cobuild_app');
    await runner.query(`
      CREATE FUNCTION approvals_guard_vote() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      DECLARE request approvals_request;
      BEGIN
        SELECT * INTO request FROM approvals_request
        WHERE tenant_id = NEW.tenant_id AND id = NEW.request_id FOR SHARE;
        IF request.voided_at IS NOT NULL THEN
          RAISE EXCEPTION 'voided' USING ERRCODE = 'check_violation', CONSTRAINT = 'approvals_vote_live';
        END IF;
        IF NEW.person_id = ANY (request.preparers) OR NEW.on_behalf_of = ANY (request.preparers) THEN
          RAISE EXCEPTION 'preparer' USING ERRCODE = 'check_violation', CONSTRAINT = 'approvals_vote_not_preparer';
        END IF;
        RETURN NEW;
      END $$`);
    await runner.query(`
      CREATE TRIGGER approvals_vote_guarded BEFORE INSERT ON approvals_vote
      FOR EACH ROW EXECUTE FUNCTION approvals_guard_vote()`);
    await runner.query(`
      CREATE FUNCTION approvals_guard_void() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.voided_at IS NOT NULL THEN
          RAISE EXCEPTION 'voided for good' USING ERRCODE = 'check_violation', CONSTRAINT = 'approvals_request_void_once';
        END IF;
        RETURN NEW;
      END $$`);
    await runner.query(`
      CREATE TRIGGER approvals_request_void_once BEFORE UPDATE ON approvals_request
      FOR EACH ROW EXECUTE FUNCTION approvals_guard_void()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE approvals_vote, approvals_request');
    await runner.query('DROP FUNCTION approvals_guard_vote(), approvals_guard_void()');
  }
}
