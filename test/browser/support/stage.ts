import { join } from 'node:path';
import pg from 'pg';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { startTestApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { inFrontOf, startTestEngine, type TestEngine } from '../../support/engine.ts';
import { oncePerRun } from '../../support/run.ts';
import { createTestTenant, type TestTenant } from '../../support/people.ts';
import type { Member } from '../../../src/accounts/service.ts';
import { freePort } from '../../../src/platform/local/ports.ts';
import { findChromium } from './chromium-path.ts';
import { Visitor } from './visitor.ts';

export const DESK = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

export interface BrowserStage {
  readonly api: TestApi;
  readonly db: TestDatabase;
  readonly engine: TestEngine | undefined;
  readonly base: string;
  /** A tenant of its own with these people. */
  tenant(members: readonly Member[]): Promise<TestTenant>;
  /** Somebody in a browser of their own; `as` signs in without typing a password. */
  visitor(options?: VisitorOptions): Promise<Visitor>;
  stop(): Promise<void>;
}

export interface VisitorOptions {
  readonly as?: { readonly tenant: TestTenant; readonly login: string };
  readonly size?: { readonly width: number; readonly height: number };
  readonly language?: 'zh-CN' | 'en';
  readonly largeText?: boolean;
  /** Who is here for the first time is shown around. */
  readonly isFirstVisit?: boolean;
}

/** Database, API with the built page, a browser, and the engine if asked for. One for each test file. */
export async function startBrowserStage({ withEngine = false, env = {} as Readonly<Record<string, string>> } = {}): Promise<BrowserStage> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium: install it, or set CHROMIUM_PATH');
  const page = await builtPage();
  const db = await createTestDatabase();
  const engine = withEngine ? await startTestEngine(db) : undefined;
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const front = engine ? inFrontOf(engine) : {};
  const api = await startTestApi({ ...front, database: db, page, env: { ...front.env, ...env, PORT: String(port), ORIGINS: base } });
  // Chromium's own sandbox needs rights that root in a container does not have.
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  return {
    api,
    db,
    engine,
    base,
    tenant: (members) => createTestTenant(api, members),
    visitor: async (options = {}) => {
      if (options.as && options.isFirstVisit !== true) await putGuidesAway(db);
      return visitorIn(browser, api, base, options);
    },
    stop: async () => {
      await browser.close();
      await api.stop();
      await engine?.stop();
      await db.drop();
    },
  };
}

/** Built by the first file that asks, if its sources have changed. */
async function builtPage(): Promise<string> {
  await oncePerRun('page', async () => {
    const { buildPage } = (await import(join(process.cwd(), 'tools/lib/project.mjs'))) as { buildPage(): void };
    buildPage();
    return true;
  });
  return join(process.cwd(), 'dist/web');
}

async function visitorIn(browser: Browser, api: TestApi, base: string, options: VisitorOptions): Promise<Visitor> {
  const { as, size = DESK, language = 'zh-CN', largeText = false } = options;
  const context = await browser.newContext({ viewport: size, locale: language, baseURL: base, reducedMotion: 'reduce' });
  const kept = { 'cobuild.language': language, 'cobuild.largeText': largeText ? 'yes' : 'no', ...(as && { 'cobuild.signedIn': 'yes' }) };
  // Once for each window: what the visitor changes afterwards stays changed.
  await context.addInitScript({
    content: `if (!sessionStorage.getItem('begun')) {
      sessionStorage.setItem('begun', 'yes');
      for (const [key, value] of Object.entries(${JSON.stringify(kept)})) localStorage.setItem(key, value);
    }`,
  });
  if (as) await signIn(context, api, base, await as.tenant.secretOf(as.login));
  return new Visitor(await context.newPage());
}

async function putGuidesAway({ adminUrl }: TestDatabase): Promise<void> {
  const owner = new pg.Client({ connectionString: adminUrl });
  await owner.connect();
  await owner.query('UPDATE accounts_account SET guide_seen_at = now() WHERE guide_seen_at IS NULL');
  await owner.end();
}

async function signIn(context: BrowserContext, api: TestApi, base: string, secret: string): Promise<void> {
  const name = `cobuild_${api.config.http.cookieInstance}`;
  await context.addCookies([{ name, value: secret, url: base, httpOnly: true, sameSite: 'Strict' }]);
}

