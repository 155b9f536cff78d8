import { useEffect, useRef } from 'react';
import { defineTexts } from '../../../shared/texts/i18n.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import styles from './form.module.css';

const texts = defineTexts('staff/blocks/form/error-summary', {
  heading: { zh: '还有{{count}}处要补', en: { one: '{{count}} thing to put right', other: '{{count}} things to put right' } },
});

/** Faults by the name of their field, in the order of the form. */
export type FieldErrors = Readonly<Record<string, string>>;

/** On top of a form that was sent with faults: takes the focus, and each line leads to its field. */
export function ErrorSummary({ errors }: { readonly errors: FieldErrors }) {
  const t = useTexts(texts);
  const box = useRef<HTMLDivElement>(null);
  const found = Object.entries(errors);
  useEffect(() => {
    if (Object.keys(errors).length > 0) box.current?.focus();
  }, [errors]);
  if (found.length === 0) return null;
  return (
    <div ref={box} role="alert" tabIndex={-1} className={styles['summary']}>
      <p>{t('heading', { count: found.length })}</p>
      <ul>
        {found.map(([name, error]) => (
          <li key={name}>
            <a
              href={`#${name}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(name)?.focus();
              }}
            >
              {error}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
