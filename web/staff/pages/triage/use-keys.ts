import { useEffect, useRef } from 'react';

const TYPING = 'input, textarea, select, [contenteditable], [role="combobox"], [role="dialog"] *';

/** Single keys of the page while nothing is being typed: `j`, `k`. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(TYPING)) return;
      latest.current[event.key.toLowerCase()]?.();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}
