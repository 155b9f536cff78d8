import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from '@jest/globals';
import type { Locator, Page, Request } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SERIOUS = ['serious', 'critical'];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What a screen reader would call the element that has the focus. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  return element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent ?? '';
})()`;

/** Never ends. */
const STREAM = /\/api\/v1\/stream$/;
const QUIET_MS = 250;
const MOST_MS = 30_000;
/** On a busy machine a page may think for longer than it is quiet: what it has read asks for more only after that. */
const IDLE = 'new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(() => resolve(true))))';

/** Somebody at a browser. What goes wrong unseen is kept, and `leave` refuses it. */
export class Visitor {
  readonly page: Page;
  readonly #complaints: string[] = [];
  readonly #expected: RegExp[] = [];
  readonly #open = new Set<Request>();
  #lastEnded = 0;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(MOST_MS);
    page.on('console', (message) => {
      // The browser's own line about an answer; the answer is kept below.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) this.#complaints.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.#complaints.push(`error: ${error.message}`));
    page.on('response', (answer) => {
      if (answer.status() >= 400) this.#complaints.push(`${answer.status()} ${answer.request().method()} ${new URL(answer.url()).pathname}`);
    });
    page.on('request', (request) => {
      if (!STREAM.test(request.url())) this.#open.add(request);
    });
    page.on('requestfinished', (request) => this.#ended(request));
    page.on('requestfailed', (request) => {
      this.#ended(request);
      const reason = request.failure()?.errorText ?? '';
      // Left behind by going to another page.
      if (reason !== 'net::ERR_ABORTED') this.#complaints.push(`${reason} ${request.method()} ${new URL(request.url()).pathname}`);
    });
  }

  /** A refusal that the test brings about on purpose: `401 GET /api/v1/me`. */
  expects(complaint: RegExp): void {
    this.#expected.push(complaint);
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.settled();
  }

  /** Nothing is on its way, the page has no work left of which something could come, and no skeleton is shown. */
  async settled(): Promise<void> {
    const limit = Date.now() + MOST_MS;
    const isBusy = (): boolean => this.#open.size > 0 || Date.now() - this.#lastEnded < QUIET_MS;
    do {
      while (isBusy()) {
        if (Date.now() > limit) throw new Error(`still open: ${[...this.#open].map((request) => request.url()).join(' ')}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await this.page.waitForFunction(IDLE);
    } while (isBusy());
    await this.page.getByText(/^(正在加载|Loading)$/).first().waitFor({ state: 'detached' });
  }

  /** Until a field shows just this: what is kept or worked out for it comes from elsewhere than the network. */
  async shows(field: Locator, wanted: string): Promise<void> {
    for (const limit = Date.now() + MOST_MS; ; ) {
      const value = await field.inputValue();
      if (value === wanted) return;
      if (Date.now() > limit) expect(value).toBe(wanted);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  #ended(request: Request): void {
    this.#open.delete(request);
    this.#lastEnded = Date.now();
  }

  /** What axe finds serious or worse, as it is shown now. */
  async violations(): Promise<string[]> {
    await this.page.evaluate(AXE);
    const run = `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) =>
      violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map(({ html }) => html.slice(0, 160)) })))`;
    const found = (await this.page.evaluate(run)) as { id: string; impact: string; where: string[] }[];
    return found.filter(({ impact }) => SERIOUS.includes(impact)).map(({ id, where }) => `${id}: ${where.join(' | ')}`);
  }

  /** How far the page can be scrolled sideways, in pixels. */
  async sideways(): Promise<number> {
    return (await this.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')) as number;
  }

  /** The innermost elements that reach beyond the right edge. */
  async tooWide(): Promise<string[]> {
    const beyond = `[...document.querySelectorAll('body *')].filter((it) => it.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)`;
    const innermost = `${beyond}.filter((it, _, all) => !all.some((other) => other !== it && it.contains(other)))`;
    return (await this.page.evaluate(`${innermost}.map((it) => it.outerHTML.slice(0, 120))`)) as string[];
  }

  /** Presses Tab until the element with this accessible name has the focus; the number of presses. */
  async tabTo(name: string | RegExp, most = 60): Promise<number> {
    for (let presses = 1; presses <= most; presses++) {
      await this.page.keyboard.press('Tab');
      const label = await this.page.evaluate(FOCUSED);
      if (typeof name === 'string' ? String(label).trim() === name : name.test(String(label))) return presses;
    }
    throw new Error(`the keyboard does not reach ${name}`);
  }

  /** For a person to look at: `SCREENSHOTS=folder npm run test:browser`. */
  async picture(name: string): Promise<void> {
    const folder = process.env['SCREENSHOTS'];
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  }

  /** Closes the browser's window; nothing may have failed on the way. */
  async leave(): Promise<void> {
    await this.page.context().close();
    expect(this.#complaints.filter((it) => !this.#expected.some((expected) => expected.test(it)))).toEqual([]);
  }
}
