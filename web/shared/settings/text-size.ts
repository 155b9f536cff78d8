import { useSyncExternalStore } from 'react';

const KEY = 'cobuild.largeText';
const listeners = new Set<() => void>();

function isLarge(): boolean {
  return localStorage.getItem(KEY) === 'yes';
}

/** Before the first render, so that nothing jumps. */
export function applyTextSize(): void {
  document.documentElement.dataset['text'] = isLarge() ? 'large' : 'normal';
}

/** 大字: sizes follow from `data-text` on the root element (`base.css`). */
export function useLargeText(): [boolean, (large: boolean) => void] {
  const large = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, isLarge);
  return [
    large,
    (next) => {
      localStorage.setItem(KEY, next ? 'yes' : 'no');
      applyTextSize();
      for (const listener of listeners) listener();
    },
  ];
}
