import styles from './choice.module.css';

interface Props<Value extends string> {
  /** For screen readers, where no label stands beside it. */
  readonly label?: string;
  readonly id?: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly change: (value: Value) => void;
}

/**
 * The browser's own list of choices: there at once, the phone's own wheel on a phone, and it keeps its place when its options
 * change while it is open. antd's weighs more than all the rest of a list, and takes longer to draw.
 */
export function Choice<Value extends string>({ label, value, options, change, ...inside }: Props<Value>) {
  return (
    <select {...inside} className={styles['choice']} aria-label={label} value={value} onChange={({ target }) => change(target.value as Value)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
