import { askEarly } from '../shared/api/early.ts';
import { mayBeSignedIn } from '../shared/api/session.ts';
import { pageAt } from './page-list.ts';

// Small, and first to arrive: what it asks for comes together with the libraries that everything else needs.
if (mayBeSignedIn()) {
  void askEarly('/api/v1/me');
  // Should it not come, the router asks again and says so.
  pageAt(location.pathname)?.load().catch(() => undefined);
}
const { start } = await import('./start.tsx');
start();
