import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright-core';
import { quantile, rounded } from '../engine/figures.ts';

/** A phone of the middle class behind a slow 4G network, as Lighthouse throttles. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };
const SLOWER_CPU = 4;
const PHONE = { width: 390, height: 844 };
const VISITS = 3;

export interface Cookie {
  readonly name: string;
  readonly value: string;
}

export interface FirstPage {
  readonly path: string;
  readonly requests: number;
  readonly kB: number;
  /** Compressed, as it travelled. */
  readonly scriptKB: number;
  /** From the address to the heading with its content below, on the slow phone; the median of three. */
  readonly mainContentMs: number;
}

export async function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** Questions are put to the page as text, which its content security policy rightly refuses. */
export async function contextFor(browser: Browser, base: string, cookie: Cookie | undefined, size = PHONE): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: base, locale: 'zh-CN', viewport: size, bypassCSP: true });
  if (cookie) {
    await context.addCookies([{ ...cookie, url: base }]);
    await context.addInitScript({ content: "localStorage.setItem('cobuild.signedIn', 'yes')" });
  }
  return context;
}

/** First visits, each with an empty cache. */
export async function measureFirstPage(browser: Browser, base: string, cookie: Cookie | undefined, path: string): Promise<FirstPage> {
  const { requests, bytes, scriptBytes } = await weigh(browser, base, cookie, path);
  const took: number[] = [];
  for (let visit = 0; visit < VISITS; visit += 1) took.push(await timeToContent(browser, base, cookie, path));
  const kB = (count: number): number => rounded(count / 1024, 1);
  return { path, requests, kB: kB(bytes), scriptKB: kB(scriptBytes), mainContentMs: Math.round(quantile(took, 0.5)) };
}

async function weigh(browser: Browser, base: string, cookie: Cookie | undefined, path: string) {
  const context = await contextFor(browser, base, cookie);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const kinds = new Map<string, string>();
  let [bytes, scriptBytes] = [0, 0];
  session.on('Network.responseReceived', ({ requestId, type }) => void kinds.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes += encodedDataLength;
    if (kinds.get(requestId) === 'Script') scriptBytes += encodedDataLength;
  });
  await session.send('Network.enable');
  await page.goto(path);
  await contentOf(page);
  await context.close();
  return { requests: kinds.size, bytes, scriptBytes };
}

async function timeToContent(browser: Browser, base: string, cookie: Cookie | undefined, path: string): Promise<number> {
  const context = await contextFor(browser, base, cookie);
  const page = await context.newPage();
  await throttle(await context.newCDPSession(page));
  await page.goto(path, { waitUntil: 'commit' });
  const ms = await contentOf(page);
  await context.close();
  return ms;
}

async function throttle(session: CDPSession): Promise<void> {
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', SLOW_4G);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER_CPU });
}

/** Milliseconds from the start of the visit until the heading stands and no skeleton is left. */
async function contentOf(page: Page): Promise<number> {
  const there = "document.querySelector('h1') && ![...document.querySelectorAll('[role=status]')].some((it) => it.textContent === '正在加载') && performance.now()";
  const handle = await page.waitForFunction(there, undefined, { timeout: 60_000, polling: 'raf' });
  return (await handle.jsonValue()) as unknown as number;
}
