import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { questionsFor } from '../../web/staff/questions.ts';

it('Every page of the office begins with an address that the server knows', () => {
  const known = JSON.parse(readFileSync('web/page-addresses.json', 'utf8')) as string[];
  const paths = [...readFileSync('web/staff/page-list.ts', 'utf8').matchAll(/path: '\/([\w-]+)/g)].map(([, first]) => first!);
  expect(paths.length).toBeGreaterThan(1);
  expect(paths.filter((first) => !known.includes(first))).toEqual([]);
});

it('What a page begins with is asked for what its address names', () => {
  expect(questionsFor({ path: '/projects/:id', begins: ['/api/v1/projects/:id', '/api/v1/projects/:id/stage'] }, '/projects/7')).toEqual(['/api/v1/projects/7', '/api/v1/projects/7/stage']);
  expect(questionsFor({ path: '/lists/:kind', begins: ['/api/v1/lists/:kind?limit=50'] }, '/lists/resources')).toEqual(['/api/v1/lists/resources?limit=50']);
  expect(questionsFor({ path: '/account' }, '/account')).toEqual([]);
});

it('Every page has a line in the list', () => {
  const lists = ['web/staff/page-list.ts', 'web/staff/routes.tsx'].map((file) => readFileSync(file, 'utf8')).join('\n');
  const pages = readdirSync('web/staff/pages').filter((name) => readdirSync(join('web/staff/pages', name)).includes('page.tsx'));
  expect(pages.filter((name) => !lists.includes(`./pages/${name}/page.tsx`))).toEqual([]);
});
