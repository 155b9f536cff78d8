import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

const QUIET_MS = 3000;

/**
 * A part that nobody sees at first: it comes once the page has settled, not only when it is wanted, so that it is
 * there when the network or an older release's files are gone.
 */
export function later<Props>(load: () => Promise<{ default: ComponentType<Props> }>): LazyExoticComponent<ComponentType<Props>> {
  // Should it fail now, it is tried again when it is wanted.
  setTimeout(() => void load().catch(() => undefined), QUIET_MS);
  return lazy(load);
}
