import { useState } from 'react';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../button.tsx';
import { Choice } from '../choice.tsx';
import { useIsPhone } from '../use-is-phone.ts';
import type { Filter, Wanted } from './columns.ts';
import styles from './data-list.module.css';
import { ExportMenu, type ExportAs, type ExportLink } from './export-menu.tsx';
import { SavedViews } from './saved-views.tsx';
import { texts } from './texts.ts';

interface Props {
  readonly name: string;
  readonly filters: readonly Filter[];
  readonly wanted: Wanted;
  readonly want: (change: Readonly<Record<string, string | undefined>>) => void;
  readonly exportAs: ExportAs | undefined;
  readonly exports: readonly ExportLink[];
}

/** On a phone, more of them would push the rows out of sight. */
const FEW = 2;

export function Toolbar({ name, filters, wanted, want, exportAs, exports }: Props) {
  const t = useTexts(texts);
  const isPhone = useIsPhone();
  const set = filters.filter(({ key }) => wanted[key] !== undefined).length;
  const fields = filters.map((filter) => (
    <FilterField key={filter.key} filter={filter} value={wanted[filter.key] ?? ''} change={(value) => want({ [filter.key]: value })} />
  ));
  return (
    <div className={`${styles['toolbar']} no-print`}>
      {isPhone && filters.length > FEW ? (
        <details className={styles['filters']} open={set > 0}>
          <summary>{set > 0 ? t('filtersSet', { count: set }) : t('filters')}</summary>
          <div>{fields}</div>
        </details>
      ) : (
        fields
      )}
      <span className={styles['gap']} />
      {filters.length > 0 && <SavedViews {...{ name, filters, wanted, want }} />}
      <ExportMenu wanted={wanted} exportAs={exportAs} links={exports} />
      <Button onClick={() => print()}>{t('print')}</Button>
    </div>
  );
}

interface FieldProps {
  readonly filter: Filter;
  readonly value: string;
  readonly change: (value: string) => void;
}

function FilterField({ filter, value, change }: FieldProps) {
  const t = useTexts(texts);
  if (filter.kind === 'switch') {
    return (
      <label className={styles['switch']}>
        <input type="checkbox" checked={value === 'true'} onChange={({ target }) => change(target.checked ? 'true' : '')} />
        {filter.label}
      </label>
    );
  }
  if (filter.kind === 'day') {
    return (
      <label className={styles['day']}>
        {filter.label} <input type="date" value={value} onChange={({ target }) => change(target.value)} />
      </label>
    );
  }
  if (filter.kind === 'text') return <TextFilter label={filter.label} value={value} change={change} />;
  const options = [{ value: '', label: t('anyOf', { what: filter.label }) }, ...severalOf(filter.options, value), ...filter.options];
  return <Choice label={filter.label} value={value} options={options} change={change} />;
}

/** A number elsewhere may open several values at once, with commas between them. */
function severalOf(options: readonly { readonly value: string; readonly label: string }[], value: string): { value: string; label: string }[] {
  if (!value.includes(',')) return [];
  const names = value.split(',').map((one) => options.find((it) => it.value === one)?.label ?? one);
  return [{ value, label: names.join(' / ') }];
}

/** Asked for when it is complete, not at every letter. */
function TextFilter({ label, value, change }: { readonly label: string; readonly value: string; readonly change: (value: string) => void }) {
  const t = useTexts(texts);
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    setTyped(value);
  }
  return (
    <form
      role="search"
      className={styles['text']}
      onSubmit={(event) => {
        event.preventDefault();
        change(typed.trim());
      }}
    >
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          // Also by the browser's own cross.
          if (target.value === '') change('');
        }}
      />
      <Button htmlType="submit">{t('search')}</Button>
    </form>
  );
}
