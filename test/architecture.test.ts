import { readdirSync, statSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { cyclesOf, importsIn, importsOf, violationOf } from './support/architecture.ts';
import { workflowBundle } from './support/temporal.ts';

const imports = importsOf(process.cwd());

/** TypeORM taken in by mistake does not fail: it silently makes 8.4 MB of it. */
const MOST_BUNDLE_BYTES = 2.5 * 1024 * 1024;

describe('the sources', () => {
  it('import only what their room may import', () => {
    const broken = imports.flatMap((it) => {
      const violation = violationOf(it);
      return violation ? [`${it.from} → ${it.target}: ${violation}`] : [];
    });
    expect(broken).toEqual([]);
  });

  it('have no circles', () => {
    expect(cyclesOf(imports).map((files) => files.join(' → '))).toEqual([]);
  });

  it('run every migration', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /\/migrations\/[^/]+\.ts$/.test(file));
    const listed = new Set(imports.filter(({ from }) => from === 'src/schema.ts').map(({ target }) => target));
    expect(files.length).toBeGreaterThan(50);
    expect(files.map((file) => `src/${file}`).filter((file) => !listed.has(file))).toEqual([]);
  });

  it('give a small workflow bundle', async () => {
    expect(statSync(await workflowBundle()).size).toBeLessThan(MOST_BUNDLE_BYTES);
  }, 60_000);
});

describe('the import rules', () => {
  const broken = (from: string, code: string): boolean => importsIn(from, code).some((it) => violationOf(it) !== undefined);

  it.each([
    ['src/needs/need/model.ts', "import { Injectable } from '@nestjs/common';"],
    ['src/needs/need/model.ts', "import { randomUUID } from 'node:crypto';"],
    ['src/needs/need/model.ts', "import type { Tx } from '../../platform/database/database.ts';"],
    ['src/matching/solver/ties.ts', "import { NeedService } from '../../needs/need/service.ts';"],
    ['src/needs/need/service.ts', "import { ProjectService } from '../../projects/service.ts';"],
    ['src/needs/need/service.ts', "import type { Project } from '../../projects/model.ts';"],
    ['src/needs/need/service.ts', "import { UnitStore } from '../../accounts/units/store.ts';"],
    ['src/needs/need/service.ts', "export { NeedStore } from './store.ts';"],
    ['src/needs/need/store.ts', "import { NeedService } from './service.ts';"],
    ['src/needs/need/texts.ts', "import { states } from './model.ts';"],
    ['src/needs/need/service.ts', "import { CaseCommands } from '../../cases/commands.ts';"],
    ['src/needs/need/service.ts', "import { entities } from '../../schema.ts';"],
    ['src/platform/http/guard.ts', "import type { Role } from '../../accounts/model.ts';"],
    ['src/platform/http/guard.ts', "const later = () => import('../../accounts/model.ts');"],
    ['src/kernel/time.ts', "import type { Log } from '../platform/logging.ts';"],
    ['workflows/micro-project.ts', "import { projectActivities } from '../activities/projects.ts';"],
    ['workflows/micro-project.ts', "import { ProjectStore } from '../src/projects/store.ts';"],
    ['workflows/micro-project.ts', "import { z } from 'zod';"],
    ['workflows/lib/case.ts', "import type { ProjectActivities } from '../../activities/projects.ts';"],
    ['activities/projects.ts', "import { ProjectStore } from '../src/projects/store.ts';"],
    ['src/demo/script.ts', "import { startTestApi } from '../../test/support/api.ts';"],
    ['src/worker.ts', "import { microProject } from '../workflows/micro-project.ts';"],
    ['src/api.ts', "import { pages } from '../web/staff/page-list.ts';"],
    ['web/staff/me.ts', "import type { Role } from '../../src/accounts/model.ts';"],
    ['web/shared/api/client.ts', "import { Button } from 'antd';"],
    ['web/public/frame.tsx', "import { Empty } from '../staff/blocks/empty.tsx';"],
    ['web/staff/pages/today/page.tsx', "import { texts } from '../waits/texts.ts';"],
  ])('refuse in %s: %s', (from, code) => {
    expect(broken(from, code)).toBe(true);
  });

  it.each([
    ['workflows/micro-project.ts', "import type { ProjectActivities } from '../activities/projects.ts';"],
    ['workflows/index.ts', "export { microProject } from './micro-project.ts';"],
    ['src/needs/need/service.ts', "import { UnitService } from '../../accounts/units/service.ts';"],
    ['src/needs/need/service.ts', "import { refuse } from '../../kernel/refusal.ts';"],
    ['src/needs/module.ts', "import { NeedController } from './need/controller.ts';"],
    ['web/staff/pages/today/page.tsx', "import { Page } from '../../blocks/page.tsx';"],
  ])('allow in %s: %s', (from, code) => {
    expect(broken(from, code)).toBe(false);
  });

  it('see a circle wherever it begins', () => {
    const circle = [
      ...importsIn('src/a.ts', "import './b.ts';"),
      ...importsIn('src/b.ts', "import type { C } from './c.ts';"),
      ...importsIn('src/c.ts', "import { b } from './b.ts';"),
    ];
    expect(cyclesOf(circle)).toEqual([['src/b.ts', 'src/c.ts']]);
  });
});
