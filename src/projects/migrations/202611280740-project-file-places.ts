import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDoor } from '../../platform/database/protect.ts';

const ROOT = "nullif(current_setting('app.org_path', true), '')";
const below = (path: string): string => `(${path} >= ${ROOT} AND ${path} < left(${ROOT}, -1) || '0')`;
const open = (project: string): string => `${ROOT} = '/' OR EXISTS (SELECT FROM door_project_file(${project}))`;

/**
 * What a project is, everybody in the tenant may know; what was written and photographed in it is for its place and for
 * the bodies that take part. A door, because the ledger's and this area's own rows decide, which the policies themselves guard.
 */
export class ProjectFilePlaces1764315600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION door_project_file(p_project uuid) RETURNS TABLE (id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT p.id FROM project p
         WHERE p.tenant_id = nullif(current_setting('app.tenant', true), '') AND p.id = p_project
           AND (${ROOT} = '/' OR ${below('p.org_path')} OR EXISTS (
             SELECT FROM accounts_org_unit u
              WHERE u.tenant_id = p.tenant_id AND ${below('u.org_path')}
                AND (u.id IN (p.lead_unit, p.offered_to, p.implementer_id)
                  OR EXISTS (SELECT FROM project_report r WHERE r.tenant_id = p.tenant_id AND r.project_id = p.id AND r.unit_id = u.id)
                  OR EXISTS (SELECT FROM ledger_account a
                              WHERE a.tenant_id = p.tenant_id AND a.subject_id = p.id::text AND a.party_id = u.id::text))))
      $$`);
    await openDoor(runner, 'door_project_file(uuid)');
    await runner.query(`CREATE POLICY project_content_place ON project_content AS RESTRICTIVE FOR SELECT USING (${open('project_id')})`);
    await runner.query(`
      CREATE POLICY file_of_project ON file AS RESTRICTIVE FOR SELECT
       USING (record_kind IS DISTINCT FROM 'project' OR ${open('record_id')})`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP POLICY file_of_project ON file');
    await runner.query('DROP POLICY project_content_place ON project_content');
    await runner.query('DROP FUNCTION door_project_file(uuid)');
  }
}
