import { useEffect, useSyncExternalStore } from 'react';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import { Button } from './button.tsx';
import styles from './undo.module.css';

const texts = defineTexts('staff/blocks/undo', {
  undo: { zh: '撤销', en: 'Undo' },
  close: { zh: '关闭', en: 'Close' },
});

const SHOWN_MS = 10_000;

interface Done {
  readonly text: string;
  readonly undo?: (() => void) | undefined;
}

let done: Done | undefined;
const listeners = new Set<() => void>();

/** After something reversible was done: says so for ten seconds and offers the way back. Without `undo` it only says so. */
export function announceDone(text: string, undo?: () => void): void {
  done = { text, undo };
  for (const listener of listeners) listener();
}

function close(): void {
  done = undefined;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Once, in the shell. */
export function UndoBar() {
  const t = useTexts(texts);
  const shown = useSyncExternalStore(listen, () => done);
  useEffect(() => {
    if (!shown) return undefined;
    const timer = setTimeout(close, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <div className={styles['place']} role="status">
      {shown && (
        <div className={styles['bar']}>
          <span>{shown.text}</span>
          {shown.undo && (
            <Button
              onClick={() => {
                const { undo } = shown;
                close();
                undo?.();
              }}
            >
              {t('undo')}
            </Button>
          )}
          <Button type="text" aria-label={t('close')} onClick={close}>
            ✕
          </Button>
        </div>
      )}
    </div>
  );
}
