import { useEffect, useState } from 'react';
import styles from './page.module.css';

const SECOND_MS = 1000;

/** Long work says that it goes on, and for how long. */
export function Running({ say }: { readonly say: (seconds: number) => string }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const begun = Date.now();
    const timer = setInterval(() => setSeconds(Math.round((Date.now() - begun) / SECOND_MS)), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className={styles['running']}>
      <progress aria-label={say(0)} />
      <span>{say(seconds)}</span>
    </div>
  );
}
