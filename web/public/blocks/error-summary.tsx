import { useEffect, useRef } from 'react';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useTexts } from '../../shared/texts/use-texts.ts';
import styles from './blocks.module.css';

const texts = defineTexts('public/blocks/error-summary', {
  title: { zh: '还差{{count}}处', en: { one: '{{count}} thing is missing', other: '{{count}} things are missing' } },
});

/** By the name of the field. */
export type FieldErrors = Readonly<Record<string, string>>;

/** On top of a form after it could not be sent: takes the focus and links to the fields. */
export function ErrorSummary({ errors }: { readonly errors: FieldErrors }) {
  const t = useTexts(texts);
  const box = useRef<HTMLDivElement>(null);
  const entries = Object.entries(errors);
  useEffect(() => {
    if (Object.keys(errors).length > 0) box.current?.focus();
  }, [errors]);
  if (entries.length === 0) return null;
  return (
    <div ref={box} role="alert" tabIndex={-1} className={styles['refusal']}>
      <h2>{t('title', { count: entries.length })}</h2>
      <ul>
        {entries.map(([name, error]) => (
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
