import type { Browser } from 'playwright-core';
import { rounded } from '../engine/figures.ts';
import { contextFor, type Cookie } from './visits.ts';

export interface ScrollFigures {
  readonly rows: number;
  readonly rowsInDocument: number;
  readonly frames: number;
  readonly p95FrameMs: number;
  readonly longestFrameMs: number;
}

const DESK = { width: 1280, height: 800 };
const PAGE = 50;

/** Loads so many rows and scrolls through all of them, a screen at a time; frames as the browser drew them. */
export async function measureScrolling(browser: Browser, base: string, cookie: Cookie, rows: number): Promise<ScrollFigures> {
  const context = await contextFor(browser, base, cookie, DESK);
  const page = await context.newPage();
  await page.goto('/waits');
  const more = page.getByRole('button', { name: '载入更多' });
  for (let loaded = PAGE; loaded < rows; loaded += PAGE) {
    await page.getByText(`已载入${loaded}条`).waitFor({ timeout: 60_000 });
    await more.click();
  }
  await page.getByText(`共${rows}条`).waitFor({ timeout: 60_000 });
  const drawn = (await page.evaluate(`new Promise((resolve) => {
    const took = [];
    let [last, most] = [performance.now(), 0];
    const step = (now) => {
      took.push(now - last);
      last = now;
      most = Math.max(most, document.querySelectorAll('tbody tr').length);
      if (scrollY + innerHeight >= document.body.scrollHeight - 2) resolve({ took, most });
      else {
        scrollBy(0, innerHeight);
        requestAnimationFrame(step);
      }
    };
    scrollTo(0, 0);
    requestAnimationFrame(step);
  })`)) as { took: number[]; most: number };
  await context.close();
  const sorted = drawn.took.toSorted((one, other) => one - other);
  const at = (part: number): number => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0, 1);
  return { rows, rowsInDocument: drawn.most, frames: sorted.length, p95FrameMs: at(0.95), longestFrameMs: at(1) };
}
