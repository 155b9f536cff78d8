import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './button.module.css';

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> {
  /** `primary`: the one a page is for; `text`, `link`: without a frame. */
  readonly type?: 'default' | 'primary' | 'text' | 'link';
  readonly htmlType?: 'button' | 'submit';
  /** What it began is not over: pressed again, nothing happens. */
  readonly loading?: boolean;
  readonly danger?: boolean;
  readonly shape?: 'round';
  /** As wide as what it stands in. */
  readonly block?: boolean;
  readonly children: ReactNode;
}

/**
 * The browser's own button, asked as antd's is, so that either can stand for the other: antd makes its style sheets while it runs,
 * and a first page would wait for that.
 */
export function Button({ type = 'default', htmlType = 'button', loading = false, danger = false, shape, block = false, className, onClick, children, ...rest }: Props) {
  return (
    <button
      {...rest}
      type={htmlType}
      className={`${styles['button']} ${className ?? ''}`}
      data-look={type}
      data-danger={danger || undefined}
      data-shape={shape}
      data-block={block || undefined}
      aria-busy={loading || undefined}
      onClick={(event) => {
        if (loading) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {children}
    </button>
  );
}
