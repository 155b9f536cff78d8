import { useId } from 'react';
import styles from './segments.module.css';

interface Props<Value extends string> {
  readonly label: string;
  /** Undefined = nothing chosen yet. */
  readonly value: Value | undefined;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly change: (value: Value) => void;
}

/** One of a few, all of which are seen; circles to the keyboard and to screen readers. */
export function Segments<Value extends string>({ label, value, options, change }: Props<Value>) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={styles['segments']}>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} className="hidden-text" checked={option.value === value} onChange={() => change(option.value)} />
          {option.label}
        </label>
      ))}
    </div>
  );
}
