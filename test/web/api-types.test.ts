import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';

it('The page’s types are those of openapi.json', () => {
  const check = ['node_modules/openapi-typescript/bin/cli.js', 'openapi.json', '--output', 'web/shared/api/schema.d.ts', '--check'];
  const { status, stderr } = spawnSync(process.execPath, check, { encoding: 'utf8' });
  expect({ status, hint: status === 0 ? '' : `npm run openapi writes them. ${stderr}` }).toEqual({ status: 0, hint: '' });
});
