import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { permissionsOf, type Role } from '../../../src/accounts/model.ts';
import { at, member, type TestTenant } from '../../support/people.ts';
import { furnishStreetOffice } from '../../support/street-office.ts';
import type { BrowserStage } from './stage.ts';
import { plantWaits } from './waits.ts';

/** The first of them who may open a page looks at it. */
const LOOKERS: readonly Role[] = ['manager', 'unit', 'communityWorker', 'securityAdministrator', 'systemAdministrator', 'auditor', 'leader'];
/** The narrowest screen, on which everything must fit. */
const NARROW = { width: 320, height: 700 };

export interface Look {
  readonly language: 'zh-CN' | 'en';
  readonly largeText: boolean;
}

export const LOOKS: readonly Look[] = (['zh-CN', 'en'] as const).flatMap((language) => [false, true].map((largeText) => ({ language, largeText })));

export interface SeenPage {
  readonly path: string;
  readonly role: Role;
}

/** Every page of the office, with somebody who may open it. */
export function pagesOfTheOffice(): readonly SeenPage[] {
  const lines = [...readFileSync('web/staff/page-list.ts', 'utf8').matchAll(/\{ path: '([^']+)',(?: needs: \[?'([^']+)')?/g)];
  return lines.map(([, path = '', needs]) => {
    const role = LOOKERS.find((it) => needs === undefined || (permissionsOf(it) as readonly string[]).includes(needs));
    if (role === undefined) throw new Error(`${path}: nobody in this test may open it; add a role to LOOKERS`);
    return { path, role };
  });
}

export interface Office {
  readonly tenant: TestTenant;
  /** What stands for the parameters of an address: `/needs/proposals/:id`. */
  readonly examples: Readonly<Record<string, string>>;
}

/** One person of each role, and something to see on the pages that list things. */
export async function officeToLookAt(stage: BrowserStage): Promise<Office> {
  const tenant = await stage.tenant([]);
  const units = await furnishStreetOffice(stage.api, tenant.tenant);
  await tenant.enrol(...LOOKERS.map((role) => (role === 'unit' ? member(role, [role], at('/units/gj01/'), 'gj01') : member(role, [role]))));
  const [communityId, worker] = [units.get('xincheng')!, await tenant.as('communityWorker')];
  const need = await worker.post('/api/v1/needs', { communityId, category: 'elderly', publicText: '示例：楼道加装扶手' });
  expect(need.status).toBe(201);
  await plantWaits(stage.db, tenant, [
    { caseId: `project/${randomUUID()}`, name: 'claim', role: 'manager', dueInDays: -4 },
    { caseId: `project/${randomUUID()}`, name: 'implementation', role: 'unit', unit: units.get('gj01')!, dueInDays: 9 },
    { caseId: `quarter/${randomUUID()}/2026Q4`, name: 'notice', kind: 'quarterCycle', role: 'system', dueInDays: 12 },
  ]);
  return { tenant, examples: { ':kind': 'needs' } };
}

/**
 * Opens each page and tells what is wrong with it: serious faults that axe finds, sideways scrolling; the visit itself refuses
 * console errors and failed requests. An address whose record is not planted must explain itself as well as a full page.
 */
export async function lookAt(stage: BrowserStage, { tenant, examples }: Office, pages: readonly SeenPage[], look: Look): Promise<string[]> {
  const found: string[] = [];
  for (const role of new Set(pages.map((page) => page.role))) {
    const visitor = await stage.visitor({ as: { tenant, login: role }, size: NARROW, ...look });
    for (const { path } of pages.filter((page) => page.role === role)) {
      const parameters = path.match(/:\w+/g) ?? [];
      if (parameters.some((it) => !(it in examples))) visitor.expects(/^(400|404|422) GET \/api\/v1\//);
      try {
        await visitor.open(path.replace(/:\w+/g, (it) => examples[it] ?? randomUUID()));
        await visitor.page.getByRole('heading', { level: 1 }).or(visitor.page.getByRole('alert')).first().waitFor();
      } catch (error) {
        found.push(`${path} does not come to rest: ${(error as Error).message.split('\n')[0]} ${(await visitor.page.locator('main').innerText()).slice(0, 200)}`);
        continue;
      }
      found.push(...(await visitor.violations()).map((fault) => `${path} ${fault}`));
      const primary = await visitor.page.locator('main :is(.ant-btn-primary, [data-look=primary]):visible').count();
      if (primary > 1) found.push(`${path} has ${primary} primary actions`);
      const sideways = await visitor.sideways();
      if (sideways > 0) found.push(`${path} scrolls ${sideways} px sideways: ${(await visitor.tooWide()).join(' | ')}`);
      await visitor.picture(`everywhere-${path.replace(/\W+/g, '-')}-${look.language}-${look.largeText ? 'large' : 'normal'}`);
    }
    await visitor.leave();
  }
  return found;
}
