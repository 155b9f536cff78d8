import { useEffect } from 'react';
import { Link } from 'react-router';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';

const TILES = ['need', 'follow', 'projects', 'notices'] as const;

export default function HomePage() {
  const t = useTexts(texts);
  useEffect(() => {
    document.title = t('title');
  }, [t]);
  return (
    <>
      <h1>{t('title')}</h1>
      <ul className={styles['tiles']}>
        {TILES.map((tile) => (
          <li key={tile}>
            <Link to={`/p/${tile}`}>
              <strong>{t(tile)}</strong>
              <span>{t(`${tile}Why`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
