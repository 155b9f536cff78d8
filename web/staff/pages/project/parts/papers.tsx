import { fileUrl } from '../../../../shared/api/client.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Section } from '../../../blocks/page.tsx';
import type { Schemas } from '../../../me.ts';
import styles from '../page.module.css';
import { texts } from '../texts.ts';

const FORMATS = ['pdf', 'docx'] as const;

/** What is printed, signed and stamped; there once a unit leads. */
export function Papers({ project: { id, leadUnit, implementerId } }: { readonly project: Schemas['Project'] }) {
  const t = useTexts(texts);
  if (leadUnit === null) return null;
  const kinds = [
    { name: t('claimLetter'), path: `/api/v1/projects/${id}/documents/claim-letter`, query: {} },
    { name: t('agreement'), path: `/api/v1/projects/${id}/documents/agreement`, query: { implementerId: implementerId ?? leadUnit } },
  ];
  return (
    <Section title={t('papers')}>
      <dl className={styles['facts']}>
        {kinds.map(({ name, path, query }) => (
          <div key={path} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd className={styles['actions']}>
              {FORMATS.map((format) => (
                <a key={format} href={fileUrl(path, { ...query, format })} download aria-label={`${name} ${format.toUpperCase()}`}>
                  {format.toUpperCase()}
                </a>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
