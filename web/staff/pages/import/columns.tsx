import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { Section } from '../../blocks/page.tsx';
import type { Schemas } from '../../me.ts';
import { useFieldName } from './kinds.ts';
import styles from './page.module.css';
import { Sample } from './sample.tsx';
import { texts } from './texts.ts';

interface Props {
  readonly preview: Schemas['ImportPreview'];
  readonly onEdit: () => void;
}

/** How each column was read, and by what. */
export function Columns({ preview, onEdit }: Props) {
  const t = useTexts(texts);
  const fieldName = useFieldName();
  return (
    <Section title={t('columns')}>
      {preview.mapping && (
        <p>
          {t('source')}：{preview.mapping.source}
        </p>
      )}
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('columns')}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('column')}</th>
              <th scope="col">{t('readAs')}</th>
              <th scope="col">{t('by')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.columns.map(({ column, heading, field, by }) => (
              <tr key={column}>
                <td>
                  {column} {heading}
                </td>
                <td>{field === null ? t('notRead') : fieldName(field)}</td>
                <td>{t(`by.${by}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <Button onClick={onEdit}>{t('edit')}</Button>
      </p>
      <Sample preview={preview} />
    </Section>
  );
}
