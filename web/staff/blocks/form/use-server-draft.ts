import { useCallback, useEffect, useRef, useState } from 'react';
import { api, read } from '../../../shared/api/client.ts';
import { useDraft, type Draft } from '../../../shared/api/drafts.ts';
import { asProblem } from '../../../shared/api/problem.ts';

const PREFIX = 'cobuild.draft-base.';
/** After the last key: this device keeps every letter, the server what was written when one pauses. */
const PAUSE_MS = 3000;
const RETRY_MS = 15_000;

/** What of the server's draft this device has seen, and whether it has written on since. */
interface Base {
  readonly version: number;
  readonly isDirty: boolean;
}

/** The one that was not taken because it is older. */
export interface OtherDraft<Value> {
  readonly value: Value;
  /** ISO instant. */
  readonly savedAt: string;
  /** `here`: written on this device; `elsewhere`: saved by another one. */
  readonly written: 'here' | 'elsewhere';
}

export interface ServerDraft<Value> extends Draft<Value> {
  readonly other: OtherDraft<Value> | undefined;
  readonly takeOther: () => void;
  readonly leaveOther: () => void;
}

const same = (one: unknown, another: unknown): boolean => JSON.stringify(one) === JSON.stringify(another);

/**
 * A draft that this device keeps at once, with or without network, and the server when there is a pause, so that it can be
 * gone on with elsewhere. Where two devices have written, the newest is shown and the other can be taken instead.
 * `form` names it for the server, `name` on this device.
 */
export function useServerDraft<Value extends object>(name: string, form: string, empty: Value): ServerDraft<Value> {
  const draft = useDraft<Value>(name, empty);
  const [base, setBase] = useState<Base>(() => readBase(name));
  const [other, setOther] = useState<OtherDraft<Value>>();
  const [attempt, setAttempt] = useState(0);
  const latest = useRef({ draft, base });
  const sending = useRef<Promise<unknown>>(undefined);
  useEffect(() => {
    latest.current = { draft, base };
  });

  const rest = useCallback(
    (next: Base): void => {
      localStorage.setItem(PREFIX + name, JSON.stringify(next));
      setBase(next);
    },
    [name],
  );

  const receive = useCallback(
    (held: { readonly version: number; readonly savedAt: string; readonly text: string } | null): void => {
      const { draft: own, base: known } = latest.current;
      if (!held) return rest({ version: 0, isDirty: known.isDirty });
      if (held.version === known.version) return undefined;
      const theirs = { ...empty, ...(JSON.parse(held.text) as Value) };
      if (same(theirs, own.value)) return rest({ version: held.version, isDirty: false });
      const ownSavedAt = own.savedAt ?? '';
      if (known.isDirty && ownSavedAt > held.savedAt) {
        setOther({ value: theirs, savedAt: held.savedAt, written: 'elsewhere' });
        return rest({ version: held.version, isDirty: true });
      }
      if (known.isDirty) setOther({ value: own.value, savedAt: ownSavedAt, written: 'here' });
      own.change(theirs);
      return rest({ version: held.version, isDirty: false });
    },
    [empty, rest],
  );

  const pull = useCallback(async (): Promise<void> => {
    const { draft: held } = await read(api.GET('/api/v1/me/drafts/{form}', { params: { path: { form } } }));
    receive(held);
  }, [form, receive]);

  const push = useCallback(async (): Promise<void> => {
    const { value } = latest.current.draft;
    const body = { text: JSON.stringify(value), basedOn: latest.current.base.version };
    try {
      const { version } = await read(api.PUT('/api/v1/me/drafts/{form}', { params: { path: { form } }, body }));
      rest({ version, isDirty: !same(value, latest.current.draft.value) });
    } catch (error) {
      const problem = asProblem(error);
      if (!problem) throw error;
      if (problem.code === 'DRAFT_STALE') await pull();
      else throw problem;
    }
  }, [form, pull, rest]);

  // What was written elsewhere is asked for once the form is open. Without network what this device holds is what there is.
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    if (isAsked) return undefined;
    let isThere = true;
    void pull().then(
      () => isThere && setAsked(true),
      (error: unknown) => {
        if (!asProblem(error)) throw error;
      },
    );
    return () => {
      isThere = false;
    };
  }, [pull, isAsked, attempt]);

  useEffect(() => {
    if (!base.isDirty || !isAsked) return undefined;
    const timer = setTimeout(() => {
      sending.current = push().catch((error: unknown) => {
        if (!asProblem(error)) throw error;
      });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [base.isDirty, isAsked, draft.value, attempt, push]);

  const waits = base.isDirty || !isAsked;
  useEffect(() => {
    if (!waits) return undefined;
    const again = (): void => setAttempt((before) => before + 1);
    const timer = setInterval(again, RETRY_MS);
    addEventListener('online', again);
    return () => {
      clearInterval(timer);
      removeEventListener('online', again);
    };
  }, [waits]);

  const change = (next: Value): void => {
    draft.change(next);
    if (!base.isDirty) rest({ ...base, isDirty: true });
  };
  return {
    ...draft,
    change,
    discard: () => {
      draft.discard();
      setOther(undefined);
      rest({ version: 0, isDirty: false });
      // One that is on its way would bring it back.
      void Promise.resolve(sending.current)
        .then(() => api.DELETE('/api/v1/me/drafts/{form}', { params: { path: { form } } }))
        .catch(() => undefined);
    },
    other,
    takeOther: () => {
      if (other) change(other.value);
      setOther(undefined);
    },
    leaveOther: () => setOther(undefined),
  };
}

function readBase(name: string): Base {
  const text = localStorage.getItem(PREFIX + name);
  return text === null ? { version: 0, isDirty: false } : (JSON.parse(text) as Base);
}
