import { useSyncExternalStore } from 'react';

const query = matchMedia('(max-width: 767px)');

function listen(changed: () => void): () => void {
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

export function useIsPhone(): boolean {
  return useSyncExternalStore(listen, () => query.matches);
}
