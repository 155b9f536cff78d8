import { useCallback, useEffect, useRef, useState } from 'react';

const PREFIX = 'cobuild.draft.';
const WAIT_MS = 400;

interface Kept<Value> {
  readonly value: Value;
  readonly savedAt: string;
}

export interface Draft<Value> {
  readonly value: Value;
  readonly change: (next: Value) => void;
  /** ISO instant of the last save on this device; absent before the first. */
  readonly savedAt: string | undefined;
  /** Whether it began with what an earlier visit had left. */
  readonly isResumed: boolean;
  /** After the form was sent. */
  readonly discard: () => void;
}

/**
 * What is being typed, kept on this device shortly after every change and when the page goes away, with or without network.
 * `key` names reader, form and case: `report/<account>/<project>/<quarter>`. A draft may have holes.
 */
export function useDraft<Value>(key: string, empty: Value): Draft<Value> {
  const name = PREFIX + key;
  const [kept] = useState(() => readKept<Value>(name));
  const [value, setValue] = useState(kept?.value ?? empty);
  const [savedAt, setSavedAt] = useState(kept?.savedAt);
  const unsaved = useRef<Value>(undefined);

  const save = useCallback(() => {
    if (unsaved.current === undefined) return;
    const at = new Date().toISOString();
    const isKept = keep(name, { value: unsaved.current, savedAt: at });
    unsaved.current = undefined;
    if (isKept) setSavedAt(at);
  }, [name]);

  useEffect(() => {
    if (unsaved.current === undefined) return undefined;
    const timer = setTimeout(save, WAIT_MS);
    return () => clearTimeout(timer);
  }, [value, save]);

  useEffect(() => {
    addEventListener('pagehide', save);
    return () => {
      removeEventListener('pagehide', save);
      save();
    };
  }, [save]);

  return {
    value,
    savedAt,
    isResumed: kept !== undefined,
    change: (next) => {
      unsaved.current = next;
      setValue(next);
    },
    discard: () => {
      unsaved.current = undefined;
      localStorage.removeItem(name);
      setSavedAt(undefined);
      setValue(empty);
    },
  };
}

/** Drafts of this device whose key begins so: the rest of the key, and when it was saved (ISO instant). */
export function draftsSaved(prefix: string): ReadonlyMap<string, string> {
  const begin = PREFIX + prefix;
  const names = Object.keys(localStorage).filter((name) => name.startsWith(begin));
  return new Map(names.flatMap((name) => {
    const savedAt = readKept<unknown>(name)?.savedAt;
    return savedAt === undefined ? [] : [[name.slice(begin.length), savedAt] as const];
  }));
}

function readKept<Value>(name: string): Kept<Value> | undefined {
  const text = localStorage.getItem(name);
  return text === null ? undefined : (JSON.parse(text) as Kept<Value>);
}

/** False where the device has no room left. */
function keep(name: string, kept: Kept<unknown>): boolean {
  try {
    localStorage.setItem(name, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}
