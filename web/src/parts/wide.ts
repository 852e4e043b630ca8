import { useSyncExternalStore } from 'react';

const query = matchMedia('(min-width: 1000px)');

function subscribe(tell: () => void): () => void {
  query.addEventListener('change', tell);
  return () => query.removeEventListener('change', tell);
}

/** Whether two columns fit beside each other. */
export function useIsWide(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}
