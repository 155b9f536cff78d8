import { Disclosure } from './disclosure.tsx';

interface Props {
  readonly label: string;
  readonly items: readonly { readonly key: string; readonly label: string; readonly isGrave?: boolean; readonly onClick: () => void }[];
}

/** Further things to do, below one button. */
export function ActionMenu({ label, items }: Props) {
  return (
    <Disclosure label={label} side="end">
      {(close) => (
        <ul>
          {items.map(({ key, label: name, isGrave = false, onClick }) => (
            <li key={key}>
              <button
                type="button"
                data-grave={isGrave}
                onClick={() => {
                  close();
                  onClick();
                }}
              >
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Disclosure>
  );
}
