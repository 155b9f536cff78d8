import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import styles from './disclosure.module.css';

interface Props {
  readonly label: string;
  readonly className?: string | undefined;
  /** Without a frame of its own, as in the header. */
  readonly isPlain?: boolean;
  /** From which edge of the button it opens. */
  readonly side?: 'start' | 'end';
  readonly onOpen?: () => void;
  /** Links and buttons, read in their order. */
  readonly children: (close: () => void) => ReactNode;
}

/**
 * A button, and below it what it opens: plain links and buttons in the page's own order. antd's menu and what it stands on
 * weigh more than all the rest of a first page.
 */
export function Disclosure({ label, className, isPlain = false, side = 'start', onOpen, children }: Props) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return undefined;
    const onPointer = ({ target }: PointerEvent): void => {
      if (!box.current?.contains(target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [open]);
  const toggle = (): void => {
    if (!open) onOpen?.();
    setOpen(!open);
  };
  return (
    <div
      ref={box}
      role="presentation"
      className={styles['box']}
      onKeyDown={({ key }) => {
        if (key !== 'Escape' || !open) return;
        setOpen(false);
        box.current?.querySelector('button')?.focus();
      }}
      onBlur={({ relatedTarget }) => {
        // Null where a click lands on nothing, or the window is left.
        if (relatedTarget !== null && !box.current?.contains(relatedTarget)) setOpen(false);
      }}
    >
      <Button type={isPlain ? 'text' : 'default'} className={className ?? ''} aria-expanded={open} aria-controls={id} onClick={toggle}>
        {label} ▾
      </Button>
      <div id={id} className={styles['panel']} data-side={side} hidden={!open}>
        {open && children(() => setOpen(false))}
      </div>
    </div>
  );
}
