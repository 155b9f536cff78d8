import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useTexts } from '../../shared/texts/use-texts.ts';
import styles from './shell.module.css';
import { texts } from './texts.ts';

/** Leads to the projects with this number or words; a page of its own would say no more. */
export function NumberSearch({ onFound }: { readonly onFound?: () => void }) {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [text, setText] = useState('');
  return (
    <search className={styles['search']}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() === '') return;
          onFound?.();
          void navigate(`/projects?search=${encodeURIComponent(text.trim())}`);
        }}
      >
        <input type="search" aria-label={t('search')} placeholder={t('searchHint')} value={text} onChange={({ target }) => setText(target.value)} />
        <button type="submit" aria-label={t('find')}>
          <span aria-hidden="true">→</span>
        </button>
      </form>
    </search>
  );
}
