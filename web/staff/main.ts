import { askEarly } from '../shared/api/early.ts';
import { mayBeSignedIn } from '../shared/api/session.ts';
import type { Me } from './me.ts';
import { pageAt, type Page } from './page-list.ts';
import { questionsFor } from './questions.ts';

// Small, and first to arrive: what it asks for comes together with the libraries that everything else needs.
if (mayBeSignedIn()) {
  const me = askEarly('/api/v1/me');
  const page = pageAt(location.pathname);
  // Should any of it not come, the page asks again and says so.
  page?.load().catch(() => undefined);
  if (page?.begins && location.search === '') void begin(me, page).catch(() => undefined);
}
const { start } = await import('./start.tsx');
start();

/** Only what the reader may ask: a refusal would be none of their doing. */
async function begin(me: Promise<Response>, page: Page): Promise<void> {
  const answer = (await me).clone();
  if (!answer.ok) return;
  const { grants, mustSetPassword } = (await answer.json()) as Me;
  const { needs } = page;
  const may = needs === undefined || grants.some(({ permissions }) => [needs].flat().some((it) => permissions.includes(it)));
  if (may && !mustSetPassword) for (const question of questionsFor(page, location.pathname)) void askEarly(question);
}
