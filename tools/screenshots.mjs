// npm run screenshots: the README's pictures, from the sample of a running `npm start` (its PORT, 3000 if none is said).
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { main, ROOT, say, SetupError } from './lib/project.mjs';

const PORT = process.env.PORT || '3000';
const BASE = `http://localhost:${PORT}`;
const FOLDER = join(ROOT, 'docs/pictures');
const DESK = { width: 1200, height: 800 };
const PHONE = { width: 390, height: 780 };
/** A reader of the README waits for all of them. */
const MOST_BYTES = 150_000;

const read = async (context, path) => (await context.request.get(`${BASE}/api/v1/${path}`)).json();

/** One each: who looks, at what, and what is opened before. */
const PICTURES = [
  { name: 'today', as: 'manager', size: DESK, path: () => '/today' },
  { name: 'waits', as: 'manager', size: DESK, path: () => '/waits' },
  {
    name: 'project',
    as: 'manager',
    size: DESK,
    path: async (context) => {
      const { items } = await read(context, 'projects?status=implementing&limit=1');
      return `/projects/${items[0].id}`;
    },
  },
  {
    name: 'matching',
    as: 'manager',
    size: { width: 1200, height: 1000 },
    path: async (context) => {
      const { items } = await read(context, 'matching-runs');
      const largest = items.toSorted((one, other) => other.matched - one.matched)[0];
      return `/matching/${largest.id}?placed=true`;
    },
    open: (page) => page.getByRole('row').nth(1).getByRole('button').click(),
  },
  {
    name: 'report',
    as: 'unit1',
    size: PHONE,
    path: async (context) => {
      const { items } = await read(context, 'reports-due');
      return `/unit/projects/${items[0].projectId}/report/${items[0].quarter}`;
    },
  },
  { name: 'residents', size: PHONE, path: () => '/p' },
];

async function signIn(context, login) {
  const file = join(ROOT, '.cobuild', PORT, 'sample-password.json');
  if (!existsSync(file)) throw new SetupError(`there is no sample of port ${PORT}: start it with "npm start" and wait until it says "Sample: complete"`);
  const answer = await context.request.post(`${BASE}/api/v1/sign-in`, {
    headers: { origin: BASE },
    data: { login, password: JSON.parse(readFileSync(file, 'utf8')) },
  });
  if (!answer.ok()) throw new SetupError(`signing in as ${login} was answered ${answer.status()}: is the sample complete?`);
  // The guide for a first visit would stand above every page.
  await context.request.put(`${BASE}/api/v1/me/guide`, { headers: { origin: BASE, 'x-cobuild': '1', 'idempotency-key': `screenshots-${login}` } });
  await context.addInitScript({ content: "localStorage.setItem('cobuild.signedIn', 'yes')" });
}

async function take(browser, { name, as, size, path, open }) {
  const context = await browser.newContext({ viewport: size, baseURL: BASE, locale: 'zh-CN', reducedMotion: 'reduce', deviceScaleFactor: size.width < 600 ? 2 : 1 });
  if (as) await signIn(context, as);
  const page = await context.newPage();
  await page.goto(await path(context));
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('正在加载', { exact: true }).first().waitFor({ state: 'detached' });
  await open?.(page);
  // The stream never ends: quiet is half a second without another answer.
  await page.waitForTimeout(500);
  const file = join(FOLDER, `${name}.png`);
  await sharp(await page.screenshot()).png({ palette: true, colours: 64, effort: 10 }).toFile(file);
  await context.close();
  const { size: bytes } = statSync(file);
  if (bytes > MOST_BYTES) throw new SetupError(`${name}.png has ${bytes} bytes, more than ${MOST_BYTES}`);
  say(`docs/pictures/${name}.png  ${Math.round(bytes / 1000)} kB`);
}

await main(async () => {
  mkdirSync(FOLDER, { recursive: true });
  const { findChromium } = await import('../dist/test/browser/support/chromium-path.js');
  const executablePath = findChromium();
  if (!executablePath) throw new SetupError('no Chromium: install it, or set CHROMIUM_PATH');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    for (const picture of PICTURES) await take(browser, picture);
  } finally {
    await browser.close();
  }
});
