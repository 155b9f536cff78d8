import { randomUUID } from 'node:crypto';
import { TenantService } from '../src/accounts/service.ts';
import { tenantId, tenantScope, WHOLE_TENANT } from '../src/kernel/scope.ts';
import { findChromium } from '../test/browser/support/chromium-path.ts';
import { foundTown } from './engine/planting.ts';
import { openStage, type Stage } from './engine/stage.ts';
import { measureScrolling } from './web/scrolling.ts';
import { measureFirstPage, openBrowser, type Cookie, type FirstPage } from './web/visits.ts';

const TENANT = 'bench-web';
const ROWS = 10_000;
const PUBLIC_BUDGET_KB = 200;
const OFFICE_BUDGET_KB = 450;
const ROUTE_BUDGET_KB = 120;
const ENTRIES = { public: '/p', office: '/today' };
const ROUTES = ['/needs', '/needs/triage', '/needs/surveys', '/needs/proposals', '/lists/needs', '/offers', '/waits', '/projects'];

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** A manager who signed in, and as many open waits as a large district has in a bad year. */
async function prepare(stage: Stage): Promise<Cookie> {
  await foundTown(stage, TENANT, 1);
  const account = { login: 'bench', password: `Sample-${randomUUID()}` };
  await stage.parts.app.get(TenantService, { strict: false }).enrol(tenantScope(tenantId(TENANT)), [
    {
      login: account.login,
      name: '示例人员',
      orgPath: WHOLE_TENANT,
      roles: [{ role: 'manager', orgPath: WHOLE_TENANT }],
      password: { text: account.password, oneTime: false },
    },
  ]);
  // The guide for a first visit is not what is measured.
  await stage.admin.query('UPDATE accounts_account SET guide_seen_at = now() WHERE tenant_id = $1', [TENANT]);
  await stage.admin.query(
    `INSERT INTO open_wait (tenant_id, case_id, name, kind, org_path, owner_role, due, wake_at, otherwise, since)
     SELECT $1, 'project/' || gen_random_uuid(), 'implementation', 'microProject', '/', 'unit', now() + n * interval '1 minute',
            now() + n * interval '1 minute', 'projects.wait.markLate', now() - interval '3 days' FROM generate_series(1, $2) n`,
    [TENANT, ROWS],
  );
  const answer = await fetch(`${stage.base}/api/v1/sign-in`, {
    method: 'POST',
    headers: { origin: stage.base, 'content-type': 'application/json' },
    body: JSON.stringify({ ...account, tenant: TENANT }),
  });
  const [, name, value] = /^([^=]+)=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? [];
  if (name === undefined || value === undefined) throw new Error(`signing in was answered ${answer.status}`);
  return { name, value };
}

/** What the page costs its readers; printed beside its budget, not asserted. */
const executablePath = findChromium();
if (executablePath === undefined) throw new Error('no Chromium: install it, or set CHROMIUM_PATH');
const stage = await openStage(say);
const browser = await openBrowser(executablePath);
try {
  const cookie = await prepare(stage);
  const pages: FirstPage[] = [];
  for (const path of [ENTRIES.public, ENTRIES.office, ...ROUTES]) {
    say(`first visit of ${path} …`);
    pages.push(await measureFirstPage(browser, stage.base, path === ENTRIES.public ? undefined : cookie, path));
  }
  const scriptOf = (path: string): number => pages.find((it) => it.path === path)?.scriptKB ?? 0;
  const further = Object.fromEntries(ROUTES.map((path) => [path, Math.max(0, Math.round(scriptOf(path) - scriptOf(ENTRIES.office)))]));
  say(`${ROWS} rows …`);
  const scrolling = await measureScrolling(browser, stage.base, cookie, ROWS);
  const script = {
    publicKB: scriptOf(ENTRIES.public),
    publicBudgetKB: PUBLIC_BUDGET_KB,
    officeKB: scriptOf(ENTRIES.office),
    officeBudgetKB: OFFICE_BUDGET_KB,
    furtherKB: further,
    furtherBudgetKB: ROUTE_BUDGET_KB,
  };
  process.stdout.write(`${JSON.stringify({ profile: 'slow 4G (1.6 Mbit/s, 150 ms), CPU 4 times slower, 390 pixels', script, pages, scrolling })}\n`);
} catch (error) {
  say(`${(error as Error).stack}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  await stage.end();
}
