import { useTexts } from '../../../shared/texts/use-texts.ts';
import type { Schemas } from '../../me.ts';
import { useFieldName } from './kinds.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';

export function Sample({ preview: { sample } }: { readonly preview: Schemas['ImportPreview'] }) {
  const t = useTexts(texts);
  const fieldName = useFieldName();
  const fields = [...new Set(sample.flatMap(({ values }) => Object.keys(values)))];
  if (fields.length === 0) return null;
  return (
    <>
      <h3>{t('sample')}</h3>
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('sample')}>
        <table className={styles['table']}>
          <thead>
            <tr>
              {fields.map((field) => (
                <th key={field} scope="col">
                  {fieldName(field)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sample.map(({ row, values }) => (
              <tr key={row}>
                {fields.map((field) => (
                  <td key={field}>{values[field]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
