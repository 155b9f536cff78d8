import { useEffect, useRef, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { defineTexts } from '../../../shared/texts/i18n.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../button.tsx';
import styles from './chart.module.css';
import type { Option } from './engine.ts';
import { framed } from './options.ts';

const texts = defineTexts('staff/blocks/chart', {
  asTable: { zh: '看表格', en: 'Show as a table' },
  asChart: { zh: '看图', en: 'Show as a chart' },
});

interface Props {
  /** Keeps in the address whether the table is shown. */
  readonly name: string;
  /** What the picture says, in words. */
  readonly description: string;
  readonly option: Option;
  readonly heightPx: number;
  /** The same numbers. */
  readonly table: ReactNode;
  /** Opens the rows behind a bar, by its name. */
  readonly opened?: (name: string) => void;
}

/** A picture and the table of the same numbers. The drawing code is loaded when the picture comes in sight. */
export function Chart({ name, description, option, heightPx, table, opened }: Props) {
  const t = useTexts(texts);
  const [search, setSearch] = useSearchParams();
  const isTable = search.get(name) === 'table';
  const change = (): void =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (isTable) after.delete(name);
        else after.set(name, 'table');
        return after;
      },
      { replace: true },
    );
  return (
    <div>
      <Button className="no-print" onClick={change}>
        {t(isTable ? 'asChart' : 'asTable')}
      </Button>
      {isTable ? <div className={styles['table']}>{table}</div> : <Picture {...{ description, option, heightPx }} {...(opened && { opened })} />}
    </div>
  );
}

type PictureProps = Pick<Props, 'description' | 'option' | 'heightPx' | 'opened'>;

function Picture({ description, option, heightPx, opened }: PictureProps) {
  const place = useRef<HTMLDivElement>(null);
  const open = useRef(opened);
  useEffect(() => {
    open.current = opened;
  });
  // Made anew at every render: what it holds decides whether it is drawn again.
  const drawn = JSON.stringify(option);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    let isGone = false;
    let clean = (): void => undefined;
    const seen = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      seen.disconnect();
      void import('./engine.ts').then(({ draw }) => {
        if (isGone) return;
        const chart = draw(element, framed(description, JSON.parse(drawn) as Option), (datum) => open.current?.(datum));
        const resized = new ResizeObserver(() => chart.resize());
        resized.observe(element);
        clean = () => {
          resized.disconnect();
          chart.dispose();
        };
      });
    });
    seen.observe(element);
    return () => {
      isGone = true;
      seen.disconnect();
      clean();
    };
  }, [description, drawn]);
  return <div ref={place} className={styles['picture']} role="img" aria-label={description} style={{ height: heightPx }} />;
}
