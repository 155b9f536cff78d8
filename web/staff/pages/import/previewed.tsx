import { useState } from 'react';
import { Button, Checkbox } from 'antd';
import { wholeNumber } from '../../../shared/format/money.ts';
import { asProblem, type Problem } from '../../../shared/api/problem.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import formStyles from '../../blocks/form/form.module.css';
import { Section } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { Columns } from './columns.tsx';
import { Errors } from './errors.tsx';
import type { KeptFile } from './kept-file.ts';
import { useFieldName, type Kind } from './kinds.ts';
import { MappingForm } from './mapping-form.tsx';
import styles from './page.module.css';
import { saveWrongRows, type Report } from './requests.ts';
import { texts } from './texts.ts';
import type { Importing } from './use-import.ts';

interface Props {
  readonly kind: Kind;
  readonly kept: KeptFile;
  readonly report: Report;
  readonly importing: Importing;
  /** After the way of reading has changed. */
  readonly refresh: () => void;
}

/** What taking the file would do; nothing has happened yet. */
export function Previewed({ kind, kept, report, importing, refresh }: Props) {
  const t = useTexts(texts);
  const fieldName = useFieldName();
  const { preview, rows, taken, unchanged, bad, asides, unknownHeadings } = report;
  const needsMapping = preview?.needsMapping ?? false;
  const missing = preview?.missing ?? [];
  const [isEditing, setEditing] = useState(false);
  const numbers = [
    ['rows', rows],
    ['taken', taken],
    ['unchanged', unchanged],
    ['bad', bad],
  ] as const;
  return (
    <>
      <Section title={t('found')}>
        <dl className={styles['facts']}>
          {numbers.map(([key, count]) => (
            <div key={key} data-tone={key === 'bad' && count > 0 ? 'late' : undefined}>
              <dt>{t(key)}</dt>
              <dd>{wholeNumber(count)}</dd>
            </div>
          ))}
        </dl>
        <Sheets report={report} kept={kept} importing={importing} />
        {asides.length > 0 && <p className={styles['hint']}>{t('asides', { count: asides.length })}</p>}
        {unknownHeadings.length > 0 && <p className={styles['hint']}>{t('unknown', { names: unknownHeadings.join('、') })}</p>}
        {needsMapping && <p className={styles['notice']}>⚠ {t('needsMapping')}</p>}
        {missing.length > 0 && <p className={styles['notice']}>⚠ {t('missing', { names: missing.map(fieldName).join('、') })}</p>}
        {!needsMapping && (
          <div className={formStyles['buttons']}>
            {taken === 0 && <p>{t('nothingNew')}</p>}
            {taken > 0 && (
              <Button type="primary" onClick={() => importing.take(bad > 0)}>
                {t(bad > 0 ? 'takeGood' : 'take', { count: taken })}
              </Button>
            )}
            {bad > 0 && missing.length === 0 && <WrongRows kind={kind} kept={kept} />}
          </div>
        )}
      </Section>
      {preview &&
        (needsMapping || isEditing ? (
          <MappingForm
            key={preview.suggestion.fingerprint}
            kind={kind}
            preview={preview}
            onDone={() => {
              setEditing(false);
              refresh();
            }}
            {...(!needsMapping && { onCancel: () => setEditing(false) })}
          />
        ) : (
          <Columns preview={preview} onEdit={() => setEditing(true)} />
        ))}
      {report.errors.length > 0 && <Errors report={report} />}
    </>
  );
}

function Sheets({ report: { preview }, kept, importing }: Pick<Props, 'report' | 'kept' | 'importing'>) {
  const t = useTexts(texts);
  const sheets = preview?.sheets ?? [];
  if (sheets.length < 2) return null;
  const chosen = kept.sheets.length > 0 ? kept.sheets : sheets.filter(({ read }) => read).map(({ name }) => name);
  return (
    <div role="group" aria-label={t('sheets')}>
      <Checkbox.Group
        value={[...chosen]}
        options={sheets.map(({ name, rows }) => ({ value: name, label: t('sheetRows', { name, count: rows }) }))}
        onChange={(names) => {
          if (names.length > 0) importing.change({ sheets: names });
        }}
      />
    </div>
  );
}

function WrongRows({ kind, kept }: Pick<Props, 'kind' | 'kept'>) {
  const t = useTexts(texts);
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const save = async (): Promise<void> => {
    setRunning(true);
    setProblem(undefined);
    try {
      await saveWrongRows(kind, kept);
    } catch (error) {
      const refused = asProblem(error);
      if (!refused) throw error;
      setProblem(refused);
    } finally {
      setRunning(false);
    }
  };
  return (
    <>
      <Button loading={isRunning} onClick={() => void save()}>
        {t('wrongRows')}
      </Button>
      {problem && <Refusal error={problem} />}
    </>
  );
}
