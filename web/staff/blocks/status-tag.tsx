import styles from './status-tag.module.css';

/** Six standings of anything, never by colour alone. */
export type Standing = 'mine' | 'late' | 'soon' | 'done' | 'others' | 'paused';

const GLYPHS: Record<Standing, string> = { mine: '●', late: '⚠', soon: '◷', done: '✓', others: '○', paused: '‖' };

export function StatusTag({ standing, children }: { readonly standing: Standing; readonly children: string }) {
  return (
    <span className={styles['tag']} data-standing={standing}>
      <span aria-hidden="true">{GLYPHS[standing]}</span> {children}
    </span>
  );
}
