import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Parts say themselves whose they are: a policy that asks another table is one more thing that can be wrong. */
export class FilePartPlaces1764000000250 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP POLICY file_part_of_file ON file_part');
    await runner.query(`ALTER TABLE file_part ADD COLUMN org_path text COLLATE "C" NOT NULL DEFAULT '/', ADD COLUMN household boolean NOT NULL DEFAULT false`);
    await runner.query(`
      UPDATE file_part p SET org_path = f.org_path, household = f.household
        FROM file f WHERE f.tenant_id = p.tenant_id AND f.id = p.file_id`);
    const root = "nullif(current_setting('app.org_path', true), '')";
    await runner.query(`
      CREATE POLICY file_part_household ON file_part AS RESTRICTIVE
       USING (NOT household OR ${root} = '/' OR (org_path >= ${root} AND org_path < left(${root}, -1) || '0'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP POLICY file_part_household ON file_part');
    await runner.query('ALTER TABLE file_part DROP COLUMN org_path, DROP COLUMN household');
    await runner.query(`
      CREATE POLICY file_part_of_file ON file_part AS RESTRICTIVE
       USING (EXISTS (SELECT FROM file f WHERE f.tenant_id = file_part.tenant_id AND f.id = file_part.file_id))`);
  }
}
